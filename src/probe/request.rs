//! One address, asked until there is an answer.

use std::time::Duration;

use ureq::{Agent, Error};

use super::answer::Answer;

/// How often an address is asked that does not answer, or that asks for patience.
const TRIES: u32 = 3;
/// The most redirects that are followed.
const REDIRECTS: u32 = 10;

/// Asks addresses.
pub(super) struct Client {
    agent: Agent,
    back_off: Duration,
}

/// What one request brought.
enum Reply {
    Status(u16),
    Circle,
    Nothing(String),
}

impl Client {
    /// Returns one that waits so long for an answer, and so long before it asks again.
    pub(super) fn new(timeout: Duration, back_off: Duration) -> Self {
        // Behind a proxy the usual variables of the environment count; the client reads them itself.
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(REDIRECTS)
            .timeout_global(Some(timeout))
            .user_agent(concat!("polder/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build();
        Self { agent: config.into(), back_off }
    }

    /// Returns what became of an address.
    pub(super) fn answer(&self, address: &str) -> Answer {
        let mut wait = self.back_off;
        for _ in 1..TRIES {
            match self.try_once(address) {
                Answer::Unreachable(_) => std::thread::sleep(wait),
                answer => return answer,
            }
            wait *= 2;
        }
        self.try_once(address)
    }

    /// Asks for the head of the page, and for the page where a server does not like that.
    fn try_once(&self, address: &str) -> Answer {
        match self.request("HEAD", address) {
            Reply::Status(200..=399) => Answer::There,
            Reply::Circle => Answer::Gone("redirects that do not end".to_owned()),
            Reply::Nothing(why) => Answer::Unreachable(why),
            Reply::Status(_) => match self.request("GET", address) {
                // Where one has to sign in, or robots are turned away, there is something.
                Reply::Status(200..=399 | 401 | 402 | 403 | 405..=407 | 429 | 451) => Answer::There,
                Reply::Status(status @ 400..=499) => Answer::Gone(status.to_string()),
                Reply::Status(status) => Answer::Unreachable(format!("status {status}")),
                Reply::Circle => Answer::Gone("redirects that do not end".to_owned()),
                Reply::Nothing(why) => Answer::Unreachable(why),
            },
        }
    }

    fn request(&self, method: &str, address: &str) -> Reply {
        let address = address.split('#').next().unwrap_or(address);
        let result = match method {
            "HEAD" => self.agent.head(address).call(),
            _ => self.agent.get(address).call(),
        };
        match result {
            Ok(response) => Reply::Status(response.status().as_u16()),
            Err(Error::TooManyRedirects | Error::RedirectFailed) => Reply::Circle,
            Err(Error::HostNotFound) => Reply::Nothing("no such host is known here".to_owned()),
            Err(Error::Timeout(_)) => Reply::Nothing("no answer in time".to_owned()),
            Err(error) => Reply::Nothing(error.to_string()),
        }
    }
}
