//! As much of JSON Schema as `polder schema` uses.

use polder::base::yaml::{self, Node, Value as Yaml};
use serde_json::Value;

/// Returns what is wrong with a value, each as `path: what`. A keyword that is not known here is a fault of the schema.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, value, "", &mut found);
    found
}

/// Returns a YAML text as an editor reads it: with numbers and truth values.
pub(crate) fn read_yaml(text: &str) -> Value {
    json(&yaml::parse(text).unwrap())
}

fn json(node: &Node) -> Value {
    match &node.value {
        Yaml::Null => Value::Null,
        Yaml::Scalar(text) => match text.as_str() {
            "true" | "yes" => true.into(),
            "false" | "no" | "off" => false.into(),
            text => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        },
        Yaml::List(items) => items.iter().map(json).collect(),
        Yaml::Map(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.clone(), json(&entry.node)));
            Value::Object(entries.collect())
        }
    }
}

fn check(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let known = [
        "$schema",
        "title",
        "description",
        "markdownDescription",
        "examples",
        "type",
        "properties",
        "additionalProperties",
        "patternProperties",
        "required",
        "items",
        "enum",
        "const",
        "anyOf",
        "allOf",
        "if",
        "then",
        "pattern",
        "minimum",
    ];
    for (keyword, rule) in schema.as_object().unwrap() {
        assert!(known.contains(&keyword.as_str()), "unknown keyword {keyword}");
        let fails = match keyword.as_str() {
            "type" => {
                let sorts = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                !sorts.iter().any(|sort| is(value, sort.as_str().unwrap()))
            }
            "enum" => !rule.as_array().unwrap().contains(value),
            "const" => rule != value,
            "required" => {
                value.is_object()
                    && rule
                        .as_array()
                        .unwrap()
                        .iter()
                        .any(|key| value.get(key.as_str().unwrap()).is_none())
            }
            "anyOf" => {
                !rule.as_array().unwrap().iter().any(|schema| faults(schema, value).is_empty())
            }
            "minimum" => value.as_i64() < rule.as_i64() && value.is_number(),
            "pattern" if rule == "^https?://" => {
                value.as_str().is_some_and(|text| !text.starts_with("http"))
            }
            "allOf" => {
                rule.as_array().unwrap().iter().for_each(|schema| check(schema, value, at, found));
                false
            }
            "if" if faults(rule, value).is_empty() => {
                check(&schema["then"], value, at, found);
                false
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    check(rule, item, &format!("{at}[]"), found);
                }
                false
            }
            "properties" => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    let below = format!("{at}.{key}");
                    match (rule.get(key), schema.get("additionalProperties")) {
                        (Some(schema), _) => check(schema, value, &below, found),
                        (None, Some(Value::Bool(false))) if !fits_pattern(schema, key) => {
                            found.push(format!("{below}: unknown"));
                        }
                        _ => {}
                    }
                }
                false
            }
            _ => false,
        };
        if fails {
            found.push(format!("{at}: {value} fails {keyword} {rule}"));
        }
    }
}

/// The one pattern that is used says: a path.
fn fits_pattern(schema: &Value, key: &str) -> bool {
    schema.get("patternProperties").is_some() && key.len() > 1 && key.contains(['/', '*', '.', '?'])
}

fn is(value: &Value, sort: &str) -> bool {
    match sort {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        sort => panic!("unknown type {sort}"),
    }
}
