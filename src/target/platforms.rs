//! The table of deploy platforms: where a push is put into service. A match proves the platform, not the environment.
//!
//! A service that only keeps a repository is no row, also where much is deployed from it: GitHub, GitLab, Bitbucket, Azure Repos,
//! Codeberg, SourceHut, AWS CodeCommit and Google Cloud Source Repositories. A policy can declare one of their URLs.

use super::url::Url;

/// A deploy platform, and the URLs by which git reaches it. In hosts and paths a `*` stands for one character or more.
#[derive(Debug, Clone, Copy)]
pub struct Platform {
    /// What people call it.
    pub name: &'static str,
    /// The hosts, one of which it must be.
    pub hosts: &'static [&'static str],
    /// The users, one of which must be named; empty for any or none.
    pub users: &'static [&'static str],
    /// The paths, one of which it must be; empty for any.
    pub paths: &'static [&'static str],
    /// URLs that it must find.
    pub finds: &'static [&'static str],
    /// URLs that look like it, and that it must let through.
    pub lets_through: &'static [&'static str],
}

/// The platforms; the forms of their URLs are those of their public documents, as of 2026.
pub const PLATFORMS: &[Platform] = &[
    Platform {
        // learn.microsoft.com/azure/app-service/deploy-local-git; `.us` is Azure Government, `chinacloudsites.cn` that of 21Vianet. Since
        // 2024 a name may be followed by a hash and a region; an app in an App Service Environment has its name before the last part.
        name: "Azure App Service",
        hosts: &[
            "*.scm.azurewebsites.net",
            "*.scm.*.azurewebsites.net",
            "*.scm.azurewebsites.us",
            "*.scm.*.azurewebsites.us",
            "*.scm.azurewebsites.de",
            "*.scm.chinacloudsites.cn",
            "*.scm.*.chinacloudsites.cn",
            "*.scm.*.appserviceenvironment.*",
        ],
        users: &[],
        paths: &[],
        finds: &[
            "https://deployer@shop.scm.azurewebsites.net/shop.git",
            "https://shop.scm.azurewebsites.net:443/shop.git",
            "https://$shop@shop-a1b2c3d4.scm.westeurope-01.azurewebsites.net/shop.git",
            "https://shop.scm.azurewebsites.us/shop.git",
            "https://shop.scm.usgovvirginia-01.azurewebsites.us/shop.git",
            "https://deployer@shop.scm.chinacloudsites.cn:443/shop.git",
            "https://shop.scm.ase.p.azurewebsites.net/shop.git",
            "https://shop.scm.ase.appserviceenvironment.net/shop.git",
            "https://SHOP.SCM.AzureWebsites.NET./shop.git",
        ],
        lets_through: &[
            "https://dev.azure.com/acme/shop/_git/shop",
            "git@ssh.dev.azure.com:v3/acme/shop/shop",
            "https://acme.visualstudio.com/shop/_git/shop",
            "https://shop.scm.azurewebsites.net.example.com/shop.git",
            "https://example.com/shop.scm.azurewebsites.net/shop.git",
        ],
    },
    Platform {
        // devcenter.heroku.com/articles/git
        name: "Heroku",
        hosts: &["git.heroku.com", "heroku.com"],
        users: &[],
        paths: &[],
        finds: &[
            "https://git.heroku.com/shop.git",
            "https://heroku:secret@git.heroku.com/shop.git",
            "git@heroku.com:shop.git",
            "ssh://git@heroku.com/shop.git",
        ],
        lets_through: &["https://github.com/heroku/cli.git", "git@notheroku.com:shop.git"],
    },
    Platform {
        // dokku.com/docs/deployment/application-deployment: the host is anybody's, the user is not.
        name: "Dokku",
        hosts: &["*"],
        users: &["dokku"],
        paths: &[],
        finds: &["dokku@example.com:shop", "ssh://dokku@192.0.2.7:3022/shop"],
        lets_through: &[
            "git@github.com:dokku/dokku.git",
            "https://github.com/dokku/dokku",
            "git@dokku.example.com:shop.git",
        ],
    },
    Platform {
        // github.com/piku/piku: as with Dokku.
        name: "piku",
        hosts: &["*"],
        users: &["piku"],
        paths: &[],
        finds: &["piku@example.com:shop", "ssh://piku@192.0.2.7/shop"],
        lets_through: &["git@github.com:piku/piku.git", "piku:shop"],
    },
    Platform {
        // doc.scalingo.com/platform/deployment/deploy-with-git; the CLI prints a port where it is not 22.
        name: "Scalingo",
        hosts: &["scalingo.com", "ssh.*.scalingo.com"],
        users: &[],
        paths: &[],
        finds: &[
            "git@ssh.osc-fr1.scalingo.com:shop.git",
            "ssh://git@ssh.osc-secnum-fr1.scalingo.com:2200/shop.git",
            "git@scalingo.com:shop.git",
        ],
        lets_through: &["https://github.com/Scalingo/cli.git", "git@git.example.scalingo.com:a"],
    },
    Platform {
        // developers.clever-cloud.com/doc/quickstart: `deploy_url` of an application.
        name: "Clever Cloud",
        hosts: &["push*.clever-cloud.com"],
        users: &[],
        paths: &[],
        finds: &[
            "git+ssh://git@push-n3-par-clevercloud-customers.services.clever-cloud.com/app_1.git",
            "https://push-par-clevercloud-customers.services.clever-cloud.com/app_1.git",
        ],
        lets_through: &["https://github.com/CleverCloud/clever-tools.git"],
    },
    Platform {
        // docs.platform.sh/development/regions; Upsun and Ibexa Cloud have the same.
        name: "Platform.sh",
        hosts: &["git.*.platform.sh", "git.*.upsun.com", "git.*.ibexa.cloud"],
        users: &[],
        paths: &[],
        finds: &["abc123@git.eu-5.platform.sh:abc123.git", "abc@git.us.ibexa.cloud:abc.git"],
        lets_through: &["git@github.com:platformsh/cli.git", "https://docs.platform.sh/a.git"],
    },
    Platform {
        // experienceleague.adobe.com, Commerce on Cloud Infrastructure: built on the one before.
        name: "Adobe Commerce on Cloud",
        hosts: &["git.*.magento.cloud"],
        users: &[],
        paths: &[],
        finds: &["abc123@git.us-3.magento.cloud:abc123.git"],
        lets_through: &["git@github.com:magento/magento-cloud.git"],
    },
    Platform {
        // wpengine.com/support/git: the path begins with the word of an environment, or is the name of a site.
        name: "WP Engine",
        hosts: &["git.wpengine.com"],
        users: &[],
        paths: &[],
        finds: &[
            "git@git.wpengine.com:production/shop.git",
            "git@git.wpengine.com:staging/shop.git",
            "git@git.wpengine.com:shop.git",
        ],
        lets_through: &["git@github.com:wpengine/faustjs.git"],
    },
    Platform {
        // docs.pantheon.io/guides/git/git-config
        name: "Pantheon",
        hosts: &["codeserver.*.drush.in"],
        users: &[],
        paths: &[],
        finds: &[
            "ssh://codeserver.dev.0a1b@codeserver.dev.0a1b.drush.in:2222/~/repository.git",
            "codeserver.dev.0a1b@codeserver.dev.0a1b.drush.in:repository.git",
        ],
        lets_through: &["ssh://dev.0a1b@appserver.dev.0a1b.drush.in:2222/~/files"],
    },
    Platform {
        // docs.acquia.com/acquia-cloud-platform: "Git URL" of an application; the hosts are named `svn-N` and `vcs-N`.
        name: "Acquia",
        hosts: &["svn-*.hosting.acquia.com", "vcs-*.hosting.acquia.com"],
        users: &[],
        paths: &[],
        finds: &[
            "shop@svn-634.prod.hosting.acquia.com:shop.git",
            "ssh://shop@svn-29.devcloud.hosting.acquia.com/shop.git",
            "https://vcs-123.prod.hosting.acquia.com/shop",
        ],
        lets_through: &["git@github.com:acquia/blt.git", "shop@web-1.prod.hosting.acquia.com:a"],
    },
    Platform {
        // gigalixir.com/docs/deploy
        name: "Gigalixir",
        hosts: &["git.gigalixir.com"],
        users: &[],
        paths: &[],
        finds: &["https://me%40example.com:key@git.gigalixir.com/shop.git"],
        lets_through: &["https://github.com/gigalixir/gigalixir-cli.git"],
    },
    Platform {
        // aptible.com/docs: "Git remote" of an app.
        name: "Aptible",
        hosts: &["beta.aptible.com"],
        users: &[],
        paths: &[],
        finds: &["git@beta.aptible.com:acme-production/shop.git", "git@beta.aptible.com:shop.git"],
        lets_through: &["git@github.com:aptible/aptible-cli.git"],
    },
    Platform {
        // docs.fortrabbit.com, "Git deployment"; older apps have the user `git`.
        name: "fortrabbit",
        hosts: &["deploy.*.frbit.com", "deploy.*.fortrabbit.com"],
        users: &[],
        paths: &[],
        finds: &["shop@deploy.eu2.frbit.com:shop.git", "git@deploy.us1.frbit.com:shop.git"],
        lets_through: &["git@github.com:fortrabbit/craft-copy.git", "a@tunnel.eu2.frbit.com:b"],
    },
    Platform {
        // AWS DevTools, the git client of Elastic Beanstalk before the EB CLI: the path names the application and the environment.
        name: "AWS Elastic Beanstalk",
        hosts: &["git.elasticbeanstalk.*.amazonaws.com", "git.elasticbeanstalk.*.amazonaws.com.cn"],
        users: &[],
        paths: &[],
        finds: &[
            "https://AKIAEXAMPLE:sig@git.elasticbeanstalk.eu-west-1.amazonaws.com/v1/repos/61/commitid/62",
        ],
        lets_through: &[
            "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop",
            "ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop",
        ],
    },
    Platform {
        // docs.gandi.net, Simple Hosting: "Git" of an instance.
        name: "Gandi Web Hosting",
        hosts: &["git.*.gpaas.net"],
        users: &[],
        paths: &[],
        finds: &["git+ssh://12345@git.sd3.gpaas.net/default.git"],
        lets_through: &["https://github.com/Gandi/gandi.cli.git", "a@sftp.sd3.gpaas.net:b"],
    },
    Platform {
        // huggingface.co/docs/hub/spaces-overview: a push to a Space builds and starts it; models and data sets are only kept.
        name: "Hugging Face Spaces",
        hosts: &["huggingface.co", "hf.co"],
        users: &[],
        paths: &["spaces/*"],
        finds: &["https://huggingface.co/spaces/acme/shop", "git@hf.co:spaces/acme/shop"],
        lets_through: &["https://huggingface.co/acme/model", "git@hf.co:datasets/acme/data"],
    },
];

/// The platform that a URL leads to.
pub fn platform(url: &Url) -> Option<&'static Platform> {
    let host = url.host.as_deref()?;
    let user = url.user.as_deref();
    let fits_any = |all: &[&str], text: &str| all.iter().any(|it| fits(it, text));
    PLATFORMS.iter().find(|it| {
        fits_any(it.hosts, host)
            && (it.users.is_empty() || user.is_some_and(|user| it.users.contains(&user)))
            && (it.paths.is_empty() || fits_any(it.paths, &url.path))
    })
}

/// Whether text is of a pattern in which a `*` stands for one character or more. In time linear in both, but for one factor a `*`.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        // At least one character for the star.
        let Some(first) = text.chars().next() else { return false };
        let after = &text[first.len_utf8()..];
        if parts.peek().is_none() {
            return after.ends_with(part);
        }
        let Some(at) = after.find(part) else { return false };
        text = &after[at + part.len()..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Form;

    fn name(url: &str) -> Option<&'static str> {
        platform(&Url::parse(url, Form::Configured)).map(|it| it.name)
    }

    #[test]
    fn each_row_finds_its_urls_and_lets_others_through() {
        for row in PLATFORMS {
            assert!(!row.finds.is_empty() && !row.lets_through.is_empty(), "{}", row.name);
            for url in row.finds {
                assert_eq!(name(url), Some(row.name), "{url}");
            }
            for url in row.lets_through {
                assert_eq!(name(url), None, "{url}");
            }
        }
    }

    #[test]
    fn a_service_that_only_keeps_repositories_is_no_platform() {
        for url in [
            "git@github.com:acme/heroku.git",
            "https://github.com/acme/scm.azurewebsites.net.git",
            "https://gitlab.com/acme/shop.git",
            "git@bitbucket.org:acme/production.git",
            "https://dev.azure.com/acme/shop/_git/shop",
            "ssh://git@codeberg.org/acme/shop.git",
            "git@git.sr.ht:~acme/shop",
            "https://source.developers.google.com/p/acme/r/shop",
            "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/shop",
            "../heroku.com/shop.git",
            "file:///srv/git/dokku@example.com/shop",
        ] {
            assert_eq!(name(url), None, "{url}");
        }
    }

    #[test]
    fn a_star_stands_for_one_character_or_more() {
        for (pattern, text, expected) in [
            ("a", "a", true),
            ("a", "b", false),
            ("*", "a", true),
            ("*", "", false),
            ("*.b", "a.b", true),
            ("*.b", ".b", false),
            ("a.*.c", "a.b.b.c", true),
            ("a.*.c", "a..c", false),
            ("*.x.*.y", "a.x.b.y", true),
            ("*.x.*.y", "a.x.y", false),
            ("a*", "a", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
