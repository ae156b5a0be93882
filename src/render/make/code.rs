//! Files whose text is shown.

use crate::base::SourcePath;
use crate::render::view::{CodeView, Crumb};

use super::Maker;

impl Maker<'_> {
    /// Returns the view of a file of code.
    pub(in crate::render) fn code_view(&self, file: &SourcePath) -> CodeView {
        let input = self.input();
        let host = input.config.git_host.as_ref();
        CodeView {
            title: file.file_name().to_owned(),
            path: file.to_string(),
            code_html: input.highlighter.numbered(&input.code[file]),
            href: host.map(|host| host.source(&self.in_repository(file.as_str()))),
            backlinks: self.quotes(input.links.to_file(file)),
        }
    }

    /// Returns the way to a file: the folders around it that hold pages.
    pub(in crate::render) fn code_trail(&self, file: &SourcePath) -> Vec<Crumb> {
        let mut trail = vec![self.home_crumb()];
        let ends = file.as_str().match_indices('/').map(|(at, _)| &file.as_str()[..at]);
        let folders = ends.filter_map(|path| self.site().folder(path));
        trail.extend(folders.map(|folder| self.folder_crumb(folder)));
        trail
    }
}
