//! `polder schema`

use polder::base::Result;
use polder::config::Project;
use polder::export::schema;
use polder::theme;

use crate::args::{self, Of};
use crate::{Ending, report};

/// Writes a JSON Schema.
pub(crate) fn run(args: &args::Schema) -> Result<Ending> {
    let schema = match args.of {
        Of::Config => schema::configuration(),
        Of::FrontMatter => {
            let project = Project::open(&args.folder)?;
            let theme =
                theme::load(project.own_theme().as_deref(), project.named_theme().as_deref())?;
            let language = project.config.languages.first().map_or("en", String::as_str);
            schema::front_matter(&theme.kinds, language)
        }
    };
    report::out(&format!("{schema:#}\n"))?;
    Ok(Ending::Fine)
}
