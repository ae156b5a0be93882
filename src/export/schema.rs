//! JSON Schemas of what authors write, so that editors can help while they type: of front matter, and of `polder.yml`.

use serde_json::{Map, Value, json};

use crate::base::code;
use crate::config::{self, KEYS, Key};
use crate::source::{FIELDS, Takes};
use crate::theme::{Field, FieldSort, Kind, Kinds};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the schema of the front matter of a site with these kinds, with its words in a language.
pub fn front_matter(kinds: &Kinds, lang: &str) -> Value {
    let properties = FIELDS.iter().map(|field| {
        let value = with(of_field(field.takes, kinds), "description", field.help);
        (field.key.to_owned(), value)
    });
    let by_kind: Vec<Value> = kinds.iter().map(|kind| of_kind(kind, lang)).collect();
    json!({
        "$schema": DRAFT,
        "title": "Front matter of a page",
        "type": ["object", "null"],
        "properties": properties.collect::<Map<_, _>>(),
        "allOf": by_kind,
    })
}

/// Returns the schema of `polder.yml`.
pub fn configuration() -> Value {
    let schema = json!({ "$schema": DRAFT, "title": "polder.yml" });
    merged(schema, of_keys(KEYS))
}

/// What holds for pages of one kind beside what holds for all.
fn of_kind(kind: &Kind, lang: &str) -> Value {
    let mut properties: Map<String, Value> =
        kind.fields.iter().map(|field| (field.key.clone(), of_kind_field(field, lang))).collect();
    if !kind.statuses.is_empty() {
        let known = kind.statuses.iter().map(|(status, _)| status.as_str()).chain(["draft"]);
        let status = json!({ "enum": known.collect::<Vec<_>>() });
        properties.insert("status".to_owned(), status);
    }
    json!({
        "if": { "properties": { "kind": { "const": kind.id } }, "required": ["kind"] },
        "then": { "properties": properties },
    })
}

fn of_kind_field(field: &Field, lang: &str) -> Value {
    let schema = match field.sort {
        FieldSort::Text => json!({}),
        FieldSort::Date => day(),
        FieldSort::Person => people(),
        FieldSort::Page => texts(),
        FieldSort::Url => json!({ "type": ["string", "null"] }),
    };
    let schema = with(schema, "title", field.label.text(lang));
    with(schema, "description", field.help.text(lang))
}

fn of_field(takes: Takes, kinds: &Kinds) -> Value {
    match takes {
        Takes::Text | Takes::Status | Takes::Page => text(),
        Takes::Texts => texts(),
        Takes::Kind => {
            json!({ "enum": kinds.iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>() })
        }
        Takes::Date => day(),
        Takes::Person | Takes::People => people(),
        Takes::Flag => json!({ "type": ["boolean", "null"] }),
        Takes::Number => json!({ "type": ["integer", "null"] }),
        Takes::Review => json!({ "anyOf": [interval(), {
            "type": "object",
            "properties": { "every": interval(), "last": day() },
            "additionalProperties": false,
        }] }),
        Takes::Contributions => json!({ "type": ["array", "null"], "items": {
            "type": "object",
            "properties": {
                "who": text(), "did": text(), "by": text(), "on": day(), "note": text(), "page": text(),
            },
            "required": ["who"],
            "additionalProperties": false,
        } }),
    }
}

/// Any single value: `title: 0.90` is the text “0.90”.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean", "null"] })
}

fn texts() -> Value {
    json!({ "anyOf": [text(), { "type": "array", "items": text() }] })
}

fn day() -> Value {
    json!({ "type": ["string", "integer", "null"], "examples": ["2026-04-03"] })
}

fn interval() -> Value {
    json!({ "type": "string", "examples": ["6 months", "1 year", "90 days"] })
}

fn people() -> Value {
    let described = json!({
        "type": "object",
        "properties": { "name": text(), "email": text(), "github": text() },
    });
    json!({ "anyOf": [text(), { "type": "array", "items": { "anyOf": [text(), described] } }] })
}

fn of_keys(keys: &[Key]) -> Value {
    let properties = keys.iter().map(|key| {
        let mut value = with(of_key(key.takes), "description", key.help);
        if !key.default.is_empty() {
            value = with(
                value,
                "markdownDescription",
                &format!("{} Default: `{}`.", key.help, key.default),
            );
        }
        (key.name.to_owned(), value)
    });
    json!({
        "type": ["object", "null"],
        "properties": properties.collect::<Map<_, _>>(),
        "additionalProperties": false,
    })
}

fn of_key(takes: config::Takes) -> Value {
    use config::Takes;
    match takes {
        Takes::Text => text(),
        Takes::Texts => texts(),
        Takes::TextLists => json!({ "type": ["array", "null"], "items": texts() }),
        Takes::Flag => json!({ "type": ["boolean", "null"] }),
        Takes::Address => json!({ "type": ["string", "null"], "pattern": "^https?://" }),
        Takes::OneOf(words) => one_of(words),
        Takes::AnyOf(words) => {
            json!({ "anyOf": [one_of(words), { "type": "array", "items": one_of(words) }] })
        }
        Takes::Number(least, words) => {
            let number = json!({ "type": ["integer", "null"], "minimum": least });
            if words.is_empty() { number } else { json!({ "anyOf": [number, one_of(words)] }) }
        }
        Takes::TextByName => json!({ "type": ["object", "null"], "additionalProperties": text() }),
        Takes::Levels => levels(),
        Takes::Keys(keys) => of_keys(keys),
    }
}

/// YAML reads `off` as `false`.
fn one_of(words: &[&str]) -> Value {
    let mut values: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    if words.contains(&"off") {
        values.push(json!(false));
    }
    json!({ "enum": values })
}

fn levels() -> Value {
    let level = one_of(&["error", "warning", "note", "off"]);
    let codes = || {
        let codes = code::all()
            .map(|code| (code.name.clone(), with(level.clone(), "description", &code.what)));
        let mut codes: Map<String, Value> = codes.collect();
        codes.insert("*".to_owned(), level.clone());
        codes
    };
    json!({
        "type": ["object", "null"],
        "properties": codes(),
        "patternProperties": { "[/.?]|.\\*|\\*.": { "anyOf": [level, {
            "type": "object", "properties": codes(), "additionalProperties": false,
        }] } },
        "additionalProperties": false,
    })
}

fn with(mut schema: Value, key: &str, text: &str) -> Value {
    if let (false, Some(map)) = (text.is_empty(), schema.as_object_mut()) {
        map.insert(key.to_owned(), text.into());
    }
    schema
}

fn merged(mut schema: Value, other: Value) -> Value {
    if let (Some(map), Value::Object(other)) = (schema.as_object_mut(), other) {
        map.extend(other);
    }
    schema
}
