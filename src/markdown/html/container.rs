//! Blocks with a name: alerts and tabs. All of a tab set is shown, so that it can be read, searched and printed without a
//! script.

use crate::base::text::escape;

use super::super::container::{Alert, Container, Fold, Title};
use super::Writer;

impl Writer<'_, '_> {
    pub(super) fn open(&mut self, container: Container) {
        match container {
            Container::Alert(alert) => self.open_alert(alert),
            Container::Tab => self.html("<div class=\"tab\">".to_owned()),
            Container::Plain => self.html("<div>\n".to_owned()),
        }
    }

    fn open_alert(&mut self, alert: Alert) {
        let look = alert.look;
        let word = self.rendering.words.alerts.get(alert.word);
        let word = escape(word.map_or("", String::as_str));
        let html = match alert.fold {
            Fold::Never => format!("<div class=\"alert alert-{look}\">"),
            Fold::Open => format!("<details class=\"alert alert-{look}\" open>"),
            Fold::Closed => format!("<details class=\"alert alert-{look}\">"),
        };
        self.html(html);
        // A box that can be folded needs something to take it by.
        if alert.title == Title::Word || (alert.title == Title::None && alert.fold != Fold::Never) {
            self.open_title(Container::Alert(alert));
            self.html(word);
            self.close_title(Container::Alert(alert));
        }
    }

    pub(super) fn open_title(&mut self, container: Container) {
        self.html(match title_tag(container) {
            "summary" => "<summary class=\"alert-title\">".to_owned(),
            _ if container == Container::Tab => "<p class=\"tab-title\">".to_owned(),
            tag => format!("<{tag} class=\"alert-title\">"),
        });
    }

    pub(super) fn close_title(&mut self, container: Container) {
        self.html(format!("</{}>\n", title_tag(container)));
    }

    pub(super) fn close(&mut self, container: Container) {
        let is_folded = matches!(container, Container::Alert(alert) if alert.fold != Fold::Never);
        self.html(if is_folded { "</details>\n" } else { "</div>\n" }.to_owned());
    }
}

fn title_tag(container: Container) -> &'static str {
    match container {
        Container::Alert(alert) if alert.fold != Fold::Never => "summary",
        Container::Alert(_) | Container::Tab | Container::Plain => "p",
    }
}
