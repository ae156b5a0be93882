//! Mermaid diagrams as pictures: the only place that names the package that draws them.
//!
//! A picture is a file of its own: inside a page its styles would break the policy. There is one for light screens and
//! paper, and one for dark screens. What a diagram draws follows from its text alone, so diagrams are drawn ahead of
//! rendering, in parallel and through a memo, as code is coloured.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Fingerprint, Fingerprinter};

/// The language of blocks that are diagrams.
pub(super) const MERMAID: &str = "mermaid";

/// Past this many bytes a diagram is not drawn.
#[cfg(feature = "diagrams")]
const LIMIT: usize = 32 * 1024;

/// Past so many lines and lines drawn between things it is not drawn; Mermaid itself stops there.
const LENGTH: usize = 500;

/// A diagram as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// Its text.
    pub source: String,
    /// The bytes of its block.
    pub span: Range<usize>,
}

/// A diagram as it was drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// The picture for light screens and for paper, as SVG.
    pub light: Arc<str>,
    /// The picture for dark screens, as SVG.
    pub dark: Arc<str>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// A drawing, or why there is none.
pub type Drawn = Result<Arc<Drawing>, Arc<str>>;

impl Diagram {
    /// Returns what identifies the drawing.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.source.as_bytes())
    }

    /// Returns how much work it is to draw it, as far as its text tells; about milliseconds. What stands where in a diagram
    /// follows from comparing everything with everything, or so it seems: it grows with the square of the length.
    pub fn work(&self) -> usize {
        let length = self.length();
        match length > LENGTH {
            true => 0,
            false => 6 + length * 3 / 10 + length * length / 400,
        }
    }

    /// Returns how many lines it has, with those that it draws several of: `A --> B --> C`, `A & B --> C & D`.
    fn length(&self) -> usize {
        let count = |line: &str, signs: &[&str]| -> usize {
            signs.iter().map(|sign| line.matches(sign).count()).sum()
        };
        let lines = self.source.split(['\n', ';']);
        let lengths = lines.map(|line| {
            let several = 1 + count(line, &["&"]) / 2;
            count(line, &["--", "==", "-."]).max(1) * several * several
        });
        lengths.sum()
    }

    /// Draws it.
    ///
    /// # Errors
    /// If it cannot be drawn; the error tells why.
    #[cfg(feature = "diagrams")]
    pub fn draw(&self) -> Drawn {
        if self.source.len() > LIMIT || self.length() > LENGTH {
            return Err("the diagram is too long to be drawn".into());
        }
        // The package is young; a diagram that it stumbles over costs itself.
        let drawn = std::panic::catch_unwind(|| pen::draw(&self.source));
        match drawn.unwrap_or_else(|_| Err("the diagram cannot be drawn".to_owned())) {
            Ok(drawing) => Ok(Arc::new(drawing)),
            Err(reason) => Err(reason.into()),
        }
    }

    /// Does not draw it: this program was built without diagrams.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(feature = "diagrams"))]
    pub fn draw(&self) -> Drawn {
        Err("this program was built without diagrams".into())
    }
}

impl Drawing {
    /// Returns the files of the site that hold its pictures, each with its path.
    pub fn files(&self) -> [(String, &Arc<str>); 2] {
        [&self.light, &self.dark].map(|svg| {
            let mut print = Fingerprinter::new();
            print.add(svg.as_bytes());
            (format!("assets/diagrams/{}.svg", print.finish()), svg)
        })
    }
}

/// The drawings of a site, by fingerprint of their text.
#[derive(Debug, Clone, Default)]
pub struct Drawings(HashMap<Fingerprint, Drawn>);

impl Drawings {
    /// Returns a look-up of what was drawn before.
    pub fn new(drawn: HashMap<Fingerprint, Drawn>) -> Self {
        Self(drawn)
    }

    /// Returns the files of the site that hold the pictures, each with its path.
    pub fn files(&self) -> BTreeMap<String, &Arc<str>> {
        let drawn: BTreeMap<_, _> = self.0.iter().collect();
        drawn
            .into_values()
            .filter_map(|drawn| drawn.as_ref().ok())
            .flat_map(|d| d.files())
            .collect()
    }

    /// Returns the drawing of a text, if it was drawn.
    pub(super) fn of(&self, source: &str) -> Option<&Drawing> {
        let drawn = self.0.get(&Fingerprint::of(source.as_bytes()))?;
        drawn.as_ref().ok().map(|drawing| &**drawing)
    }
}

#[cfg(feature = "diagrams")]
mod pen {
    use std::time::Duration;

    use merman::svg::{RenderResourcePolicy, SvgPipeline, SvgRenderOptions};
    use merman::{
        Engine, MermaidConfig, OperationControl, RenderOutput, RenderRequest, Renderer,
        SvgEnvironment, SvgRequest,
    };

    use super::Drawing;

    /// A guard for what no count of nodes foresees, far longer than any diagram takes.
    const PATIENCE: Duration = Duration::from_secs(20);

    pub(super) fn draw(source: &str) -> Result<Drawing, String> {
        let light = svg(source, "default")?;
        let dark = svg(source, "dark")?;
        let size = size(&light).ok_or("the diagram has no size")?;
        Ok(Drawing { light: light.into(), dark: dark.into(), size })
    }

    fn svg(source: &str, theme: &str) -> Result<String, String> {
        let config = MermaidConfig::from_value(serde_json::json!({
            "theme": theme,
            "look": "classic",
            "fontFamily": "Arial, Helvetica, sans-serif",
        }));
        let resources = RenderResourcePolicy::interactive();
        let request = SvgRequest {
            environment: SvgEnvironment::deterministic().with_resource_policy(resources),
            pipeline: Some(SvgPipeline::resvg_safe()),
            options: SvgRenderOptions {
                diagram_id: Some("d".to_owned()),
                ..SvgRenderOptions::default()
            },
            ..SvgRequest::default()
        };
        let control = OperationControl::new().with_deadline(PATIENCE);
        let renderer = Renderer::new().with_engine(Engine::new().with_site_config(config));
        match renderer.render(RenderRequest::svg(source, control, request)) {
            Ok(RenderOutput::Svg(Some(svg))) => fitted(svg.svg()),
            Ok(_) => Err("this is no diagram that Polder knows".to_owned()),
            Err(error) => Err(told(&error.to_string())),
        }
    }

    fn told(error: &str) -> String {
        let reason = error.lines().next().unwrap_or_default().trim_end_matches('.');
        format!("the diagram cannot be drawn: {reason}")
    }

    /// Makes room for fonts that are wider than the one that was measured, and refuses what a picture need not hold.
    fn fitted(svg: &str) -> Result<String, String> {
        let svg = without_links(svg);
        let lower = svg.to_ascii_lowercase();
        let refused =
            ["<script", "<foreignobject", "<iframe", "<image", "<!", "javascript:", "@import"];
        let is_active = refused.iter().any(|word| lower.contains(word))
            || lower.match_indices("url(").any(|(at, _)| !is_own(&lower[at + 4..]))
            || has_handler(&lower);
        if is_active {
            return Err("the diagram holds what a picture must not hold".to_owned());
        }
        Ok(svg
            .replace("font-size:16px", "font-size:14px")
            .replace("overflow:hidden", "overflow:visible"))
    }

    /// Leaves out addresses: nobody follows a link inside a picture.
    fn without_links(svg: &str) -> String {
        let mut plain = String::with_capacity(svg.len());
        let mut rest = svg;
        while let Some(start) = rest.find("href=\"") {
            let value_at = start + "href=\"".len();
            let end = value_at + rest[value_at..].find('"').unwrap_or(rest.len() - value_at);
            let kept = if is_own(&rest[value_at..]) { end } else { value_at };
            plain.push_str(&rest[..kept]);
            rest = &rest[end..];
        }
        plain + rest
    }

    fn is_own(address: &str) -> bool {
        address.trim_start_matches("&quot;").trim_start_matches(['"', '\'']).starts_with('#')
    }

    /// Returns whether a tag has an attribute that begins with `on`.
    fn has_handler(svg: &str) -> bool {
        svg.split('<').skip(1).any(|piece| {
            let tag = piece.split('>').next().unwrap_or_default();
            let names = tag.split('"').step_by(2).flat_map(str::split_whitespace);
            names.skip(1).any(|name| name.starts_with("on") && name.contains('='))
        })
    }

    /// Returns the size that the picture's own coordinates say.
    fn size(svg: &str) -> Option<(u32, u32)> {
        let tag = &svg[..svg.find('>')?];
        let start = tag.find("viewBox=\"")? + "viewBox=\"".len();
        let mut numbers = tag[start..].split('"').next()?.split_whitespace().skip(2);
        let mut next = || {
            let number = numbers.next()?.parse::<f64>().ok()?.ceil();
            (1.0..100_000.0).contains(&number).then_some(number as u32)
        };
        Some((next()?, next()?))
    }
}

#[cfg(all(test, feature = "diagrams"))]
mod tests {
    use super::*;

    fn draw(source: &str) -> Drawn {
        Diagram { source: source.to_owned(), span: 0..0 }.draw()
    }

    #[test]
    fn every_kind_of_diagram_is_drawn() {
        for source in [
            "flowchart LR\n A[Start] -->|go| B{Choice}\n B --> C[(Store)]\n",
            "graph TD\n A-->B\n",
            "sequenceDiagram\n Anna->>Bram: Ask\n Bram-->>Anna: Answer\n",
            "classDiagram\n Animal <|-- Duck\n Animal : +int age\n",
            "stateDiagram-v2\n [*] --> Still\n Still --> [*]\n",
            "erDiagram\n CUSTOMER ||--o{ ORDER : places\n",
            "gantt\n dateFormat YYYY-MM-DD\n First :a1, 2026-01-01, 30d\n",
            "pie title Pets\n \"Dogs\" : 386\n",
            "mindmap\n root((polder))\n  Water\n",
            "journey\n title Day\n section Work\n Tea: 5: Me\n",
            "gitGraph\n commit\n branch dev\n commit\n",
            "timeline\n title T\n 2002 : A\n",
            "quadrantChart\n x-axis Low --> High\n y-axis Few --> Many\n A: [0.3, 0.6]\n",
        ] {
            let drawing = draw(source).unwrap_or_else(|error| panic!("{source}: {error}"));
            assert!(drawing.light.starts_with("<svg") && drawing.light != drawing.dark);
            assert!(drawing.size.0 > 10 && drawing.size.1 > 10, "{source}: {:?}", drawing.size);
            assert_eq!(draw(source).unwrap(), drawing, "drawn twice, the same");
        }
    }

    #[test]
    fn what_is_no_diagram_says_why() {
        let error = draw("flowchart LR\n A --> \n B -->|").unwrap_err();
        assert!(
            error.starts_with("the diagram cannot be drawn: ") && !error.contains('\n'),
            "{error}"
        );
        assert!(draw("").is_err() && draw("nosuchdiagram\n a\n").is_err());
        assert!(draw(&format!("flowchart LR\n{}", " A-->B\n".repeat(10_000))).is_err());
    }

    #[test]
    fn many_lines_between_things_are_many_however_they_are_written() {
        let too_long = ["A-->B\n".repeat(501), "A-->B;".repeat(501), "A-->".repeat(501)];
        let each_with_each = format!("{}A --> {}A", "A & ".repeat(20), "A & ".repeat(30));
        for lines in too_long.into_iter().chain([each_with_each]) {
            let refused = draw(&format!("flowchart LR\n{lines}\n")).unwrap_err();
            assert_eq!(&*refused, "the diagram is too long to be drawn");
        }
    }

    #[test]
    fn picture_holds_nothing_that_runs_or_loads() {
        for source in [
            "flowchart LR\n A[\"<script>alert(1)</script>\"] --> B[\"<img src=x onerror=alert(1)>\"]\n",
            "flowchart LR\n A --> B\n click A \"javascript:alert(1)\"\n click B href \"https://example.org\"\n",
            "flowchart LR\n A --> B\n click A call alert(1)\n",
            "%%{init: {\"securityLevel\": \"loose\", \"themeCSS\": \"@import url(https://example.org/x.css);\"}}%%\nflowchart LR\n A[\"<b onclick='x()'>b</b>\"]\n",
            "%%{init: {\"themeVariables\": {\"fontFamily\": \"x;} </style><script>alert(1)</script>\"}}}%%\nflowchart LR\n A\n",
            "flowchart LR\n A@{ img: \"https://example.org/x.png\", label: \"x\" }\n",
            "flowchart LR\n A\n style A fill:url(https://example.org/x)\n classDef c fill:#f9f,background:url(javascript:1)\n class A c\n",
            "sequenceDiagram\n participant A as <svg onload=alert(1)>\n A->>A: </text><script>alert(1)</script>\n links A: {\"x\": \"javascript:alert(1)\"}\n",
            "pie title <script>alert(1)</script>\n \"<img onerror=x>\" : 1\n",
            "erDiagram\n \"<script>\" ||--o{ B : \"<a href='javascript:1'>\"\n",
            "---\ntitle: <script>alert(1)</script>\n---\nflowchart LR\n A\n",
        ] {
            let Ok(drawing) = draw(source) else { continue };
            for svg in [&drawing.light, &drawing.dark] {
                let lower = svg.to_lowercase();
                for word in [
                    "<script",
                    "<foreignobject",
                    "<image",
                    "<img",
                    "@import",
                    "href=\"http",
                    "href=\"javascript",
                    "url(http",
                ] {
                    assert!(!lower.contains(word), "{source}: {word}");
                }
            }
        }
    }
}
