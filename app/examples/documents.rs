//! Writes every document into a folder, as the server would send it: for looking at pages, and for
//! checking them with other tools.
//!
//!     cargo run -p app --features ssr --example documents -- FOLDER [INDEX_HTML]
//!
//! Without the built `index.html`, documents are bare: no stylesheet, no program.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use app::document::{Details, Document, Documents, ProblemPage, Template};
use app::i18n::Locale;
use app::level;
use app::operator::Operator;

const BARE: &str = "<!doctype html>\n<html lang=\"\"><head><meta charset=\"utf-8\"><title></title>\
                    <meta name=\"description\" content=\"\">\
                    <meta name=\"application-name\" content=\"\"><meta name=\"brand\" content=\"etat\">\
                    </head><body><!--app-html--></body></html>";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("usage: documents FOLDER [INDEX_HTML]")?;
    let index = match arguments.next() {
        Some(path) => fs::read_to_string(path)?,
        None => BARE.to_owned(),
    };
    let template = Template::parse(&index)?;

    let documents = Documents::new(Operator { brand: template.brand(), ..Operator::default() });
    for page in documents.all() {
        let path = page.path.clone().unwrap_or_default();
        write(&template, &folder.join(path.trim_start_matches('/')).join("index.html"), &page)?;
    }
    for locale in Locale::ALL {
        let of_locale = folder.join(locale.base().trim_start_matches('/'));
        write(&template, &of_locale.join("404.html"), &documents.not_found(locale))?;
        write(
            &template,
            &of_locale.join("leaving.html"),
            &documents.leaving(locale, "/auth/logout/continue"),
        )?;
        for kind in ProblemPage::ALL {
            let details = Details {
                retry: "/auth/login?return_to=%2Fcompte".to_owned(),
                levels: level::TWO_STEPS.map(str::to_owned).to_vec(),
                session_kept: true,
                refusal: None,
                another_account: None,
            };
            let page = documents.problem(kind, locale, &details);
            write(&template, &of_locale.join(format!("problem/{}.html", kind.code())), &page)?;
        }
    }
    Ok(())
}

fn write(template: &Template, path: &Path, document: &Document) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, template.fill(document))?)
}
