//! What a program of PHP asks of its environment, its configuration and whoever runs it.

use std::rc::Rc;

use super::calls::call_of;
use super::classes::bare;
use crate::content::script::syntax::{Argument, Comparison, Expression, Form, Shared};
use crate::content::script::value::ARGUMENTS;
use crate::content::script::words;

/// What the environment or a configuration says.
pub(super) fn setting(name: String, default: Option<Shared>) -> Form {
    let name = match name.as_str() {
        "app.env" => "APP_ENV".to_owned(),
        // `app.debug`, `shop.sandbox_mode`.
        _ => match name.rsplit('.').next().map(str::to_uppercase) {
            Some(last) if words::is_debug(&last) => last,
            _ => name,
        },
    };
    Form::Environment(name, default)
}

/// Whether the environment is that of tests.
pub(super) fn testing(line: u32) -> Option<Form> {
    environment(line, "app()", "runningUnitTests", &[])
}

/// What asks for the environment: `app()->environment('production')`, `App::isLocal()`.
pub(super) fn environment(line: u32, on: &str, name: &str, arguments: &[Argument]) -> Option<Form> {
    let app = || Expression::new(line, Form::Environment("APP_ENV".to_owned(), None));
    let text = |it: &str| Expression::text(line, it);
    let is_app = matches!(bare(on), "App" | "app()" | "$app" | "$this->app" | "$this->laravel")
        || on.ends_with("->getLaravel()")
        || on.ends_with("getApplication()");
    let equal = |it: &str| Some(Form::Compare(Comparison::Equal, app(), text(it)));
    match name {
        "environment" if is_app => match arguments {
            [] => Some(Form::Environment("APP_ENV".to_owned(), None)),
            [one] if matches!(one.value.form, Form::List(_)) => {
                Some(Form::Compare(Comparison::In, app(), Rc::clone(&one.value)))
            }
            all => {
                let list = all.iter().map(|it| Rc::clone(&it.value)).collect();
                Some(Form::Compare(Comparison::In, app(), Expression::new(line, Form::List(list))))
            }
        },
        "isProduction" if is_app => equal("production"),
        "isLocal" if is_app => equal("local"),
        "runningUnitTests" if is_app => equal("testing"),
        "getEnvironment" if arguments.is_empty() => {
            Some(Form::Environment("APP_ENV".to_owned(), None))
        }
        "getParameter" | "get" => match arguments.first()?.value.literal()?.as_str() {
            "kernel.environment" => Some(Form::Environment("APP_ENV".to_owned(), None)),
            "kernel.debug" => Some(Form::Environment("APP_DEBUG".to_owned(), None)),
            name if bare(on) == "Config" => {
                Some(setting(name.to_owned(), arguments.get(1).map(|it| Rc::clone(&it.value))))
            }
            name if matches!(bare(on), "$request" | "request()" | "Input") => Some(requested(name)),
            _ => None,
        },
        _ => None,
    }
}

/// A field of a request: the page does what somebody asked it for, by a button of its own.
pub(super) fn requested(name: &str) -> Form {
    Form::Argument(format!("confirm {name}"))
}

/// What the caller said: options, arguments, fields of a request.
pub(super) fn said(line: u32, on: &str, name: &str, arguments: &[Argument]) -> Option<Form> {
    let is_input = matches!(on, "$input" | "$this->input");
    let option = arguments.first().and_then(|it| it.value.literal());
    match (name, option) {
        ("option" | "argument", Some(name)) if on == "$this" => Some(Form::Argument(name)),
        ("getOption" | "getArgument" | "hasParameterOption", Some(name))
            if is_input || on == "$this" =>
        {
            Some(Form::Argument(name))
        }
        ("options" | "arguments", None) if on == "$this" => {
            Some(call_of(line, Form::Name(ARGUMENTS.to_owned()), Vec::new()))
        }
        ("getOptions" | "getArguments", None) if is_input => {
            Some(call_of(line, Form::Name(ARGUMENTS.to_owned()), Vec::new()))
        }
        ("input" | "query" | "has" | "filled" | "boolean", Some(name))
            if matches!(on, "$request" | "request()" | "$this->request") =>
        {
            Some(requested(&name))
        }
        ("hasOption", Some(_)) => Some(Form::Other(Vec::new())),
        _ => None,
    }
}
