// Chromium, and pages that remember what went wrong on them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb",
];

/** Starts Chromium without a profile of anybody's. */
export function launch() {
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 320, height: 640 };

/**
 * Runs `work` with a new page. It fails afterwards if the page wrote an error to the console (a breach of the content
 * security policy is one), threw, failed to load something, or asked another origin for anything.
 */
export async function withPage(browser, origin, options, work) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(15_000);
  const faults = [];
  context.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  context.on("weberror", (error) => faults.push(`thrown: ${error.error()}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) faults.push(`asked for ${request.url()}`);
  });
  context.on("response", (answer) => answer.status() >= 400 && faults.push(`${answer.status()} ${answer.url()}`));
  try {
    await work(await context.newPage(), faults);
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}

/** How far the page is wider than the screen. */
export const overhang = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Waits until a page with this title is there and its scripts have run. */
export async function opened(page, title) {
  await page.locator("main h1", { hasText: title }).waitFor();
  await page.waitForLoadState();
}
