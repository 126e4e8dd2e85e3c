//! Signs of the environment that a program runs in: variables of hosts, frameworks and pipelines. Their values are not repeated, but
//! for words that all know.

use crate::report::Sign;

/// What a variable may show.
#[derive(Debug, Clone, Copy)]
enum Shows {
    /// That it is set.
    Set,
    /// A known word that is all of its value.
    Word,
    /// A known word after its last dot.
    LastPart,
}

/// The words that are repeated, and whether one of them means production.
const WORDS: &[(&str, bool)] = &[
    ("production", true),
    ("prod", true),
    ("live", true),
    ("staging", false),
    ("stage", false),
    ("preview", false),
    ("development", false),
    ("dev", false),
    ("local", false),
    ("test", false),
    ("testing", false),
];

/// The variables, and what each means. The order is that of the report.
const VARIABLES: &[(&str, Shows, &str)] = &[
    ("ENVIRONMENT", Shows::Word, "the environment, by a common name"),
    ("APP_ENV", Shows::Word, "the environment of Laravel, Symfony and others"),
    ("DEPLOY_ENV", Shows::Word, "the environment, as deploy tools name it"),
    ("FLASK_ENV", Shows::Word, "the environment of Flask before 2.3"),
    ("DJANGO_SETTINGS_MODULE", Shows::LastPart, "the settings of Django"),
    ("RAILS_ENV", Shows::Word, "the environment of Rails"),
    ("RACK_ENV", Shows::Word, "the environment of Rack"),
    ("NODE_ENV", Shows::Word, "the environment of Node.js"),
    ("MIX_ENV", Shows::Word, "the environment of Elixir"),
    ("ASPNETCORE_ENVIRONMENT", Shows::Word, "the environment of ASP.NET Core"),
    ("DOTNET_ENVIRONMENT", Shows::Word, "the environment of .NET"),
    ("SPRING_PROFILES_ACTIVE", Shows::Word, "the profiles of Spring"),
    ("WP_ENVIRONMENT_TYPE", Shows::Word, "the environment of WordPress"),
    ("VERCEL_ENV", Shows::Word, "it runs on Vercel"),
    ("PANTHEON_ENVIRONMENT", Shows::Word, "it runs on Pantheon"),
    ("AH_SITE_ENVIRONMENT", Shows::Word, "it runs on Acquia"),
    ("PLATFORM_ENVIRONMENT_TYPE", Shows::Word, "it runs on Platform.sh"),
    ("RAILWAY_ENVIRONMENT_NAME", Shows::Word, "it runs on Railway"),
    ("WEBSITE_SITE_NAME", Shows::Set, "it runs in Azure App Service"),
    ("DYNO", Shows::Set, "it runs on Heroku"),
    ("FLY_APP_NAME", Shows::Set, "it runs on Fly.io"),
    ("RENDER", Shows::Set, "it runs on Render"),
    ("K_SERVICE", Shows::Set, "it runs in Cloud Run or Knative"),
    ("GAE_SERVICE", Shows::Set, "it runs in App Engine"),
    ("AWS_EXECUTION_ENV", Shows::Set, "it runs in AWS"),
    ("KUBERNETES_SERVICE_HOST", Shows::Set, "it runs in Kubernetes"),
    ("GITHUB_ACTIONS", Shows::Set, "it runs in GitHub Actions"),
    ("GITLAB_CI", Shows::Set, "it runs in GitLab CI"),
    ("TF_BUILD", Shows::Set, "it runs in Azure Pipelines"),
    ("JENKINS_URL", Shows::Set, "it runs in Jenkins"),
    ("CI", Shows::Set, "it runs in a pipeline"),
    ("CODESPACES", Shows::Set, "it runs in a development container of GitHub"),
    ("SSH_CONNECTION", Shows::Set, "somebody came here by ssh"),
];

/// The signs of the environment in which this program runs.
pub(crate) fn signs() -> Vec<Sign> {
    signs_in(|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()))
}

fn signs_in(value: impl Fn(&str) -> Option<String>) -> Vec<Sign> {
    let mut signs = Vec::new();
    for &(variable, shows, meaning) in VARIABLES {
        let Some(value) = value(variable).filter(|it| !it.trim().is_empty()) else { continue };
        let value = value.trim().to_lowercase();
        let part = match shows {
            Shows::Set => None,
            Shows::Word => Some(value.as_str()),
            Shows::LastPart => value.rsplit('.').next(),
        };
        let known = WORDS.iter().find(|(word, _)| part == Some(*word));
        signs.push(Sign {
            variable,
            meaning,
            word: known.map(|(word, _)| *word),
            is_production: known.is_some_and(|(_, it)| *it),
        });
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_known_word_is_repeated() {
        let of = |variable: &str, value: &str| {
            let found = signs_in(|name| (name == variable).then(|| value.to_owned()));
            found.first().map(|it| (it.word, it.is_production))
        };
        for (variable, value, expected) in [
            ("RAILS_ENV", "production", Some((Some("production"), true))),
            ("RAILS_ENV", " Staging ", Some((Some("staging"), false))),
            ("RAILS_ENV", "s3cret", Some((None, false))),
            ("RAILS_ENV", "", None),
            (
                "DJANGO_SETTINGS_MODULE",
                "shop.settings.production",
                Some((Some("production"), true)),
            ),
            ("DJANGO_SETTINGS_MODULE", "shop.settings", Some((None, false))),
            ("WEBSITE_SITE_NAME", "production", Some((None, false))),
            ("CI", "true", Some((None, false))),
            ("PATH", "production", None),
        ] {
            assert_eq!(of(variable, value), expected, "{variable} {value}");
        }
    }

    #[test]
    fn each_variable_is_there_once() {
        let mut names: Vec<&str> = VARIABLES.iter().map(|it| it.0).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), VARIABLES.len());
    }
}
