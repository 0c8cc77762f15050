//! Just enough reading of our own HTML for the tests: tags, attributes, text.

/// The text of every start tag, without its angle brackets.
pub(crate) fn start_tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .filter(|tag| !tag.starts_with(['/', '!']))
        .filter_map(|tag| tag.split('>').next())
        .collect()
}

/// The start tags of one kind of element.
pub(crate) fn tags_of<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    start_tags(html).into_iter().filter(|tag| tag.split([' ', '/']).next() == Some(name)).collect()
}

/// The value of an attribute of a start tag.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// Every id of a document.
pub(crate) fn ids(html: &str) -> Vec<&str> {
    start_tags(html).into_iter().filter_map(|tag| attribute(tag, "id")).collect()
}

/// The content of the first element of that kind.
pub(crate) fn content_of<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let start = html.find(&format!("<{name}"))?;
    let start = start + html[start..].find('>')? + 1;
    html[start..].split(&format!("</{name}>")).next()
}

/// The text that a reader of the raw document sees, without tags.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for character in html.chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.push(character),
            _ => {}
        }
    }
    text
}
