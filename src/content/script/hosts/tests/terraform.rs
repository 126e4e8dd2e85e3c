//! What files of Terraform run, what must hold before, and what they switch off.

use super::{finds, guarded, guards_of, lets_through, reach_of};
use crate::content::Answer;
use crate::content::script::{self, GuardKind, Reach};

/// A resource of this type with a command, whose text stands on line 4.
fn local(kind: &str, more: &str, command: &str) -> String {
    format!(
        "resource \"{kind}\" \"x\" {{\n  {more}\n  provisioner \"local-exec\" {{\n    command = {command}\n  }}\n}}\n"
    )
}

fn layers(path: &str, text: &str) -> Vec<&'static str> {
    let Answer::Yes(script) = script::read(path.into(), text.as_bytes()) else { return Vec::new() };
    script.operations.first().map(|it| it.layers.clone()).unwrap_or_default()
}

#[test]
fn what_a_provisioner_runs_is_read_as_the_shells() {
    for kind in ["null_resource", "terraform_data", "aws_instance"] {
        finds("main.tf", &local(kind, "", "\"dropdb shop\""), &[4]);
    }
    let text = local("null_resource", "", "\"psql -c \\\"TRUNCATE users\\\" ${var.url}\"");
    finds("infra/wipe.tofu", &text, &[4]);
    assert_eq!(layers("main.tf", &text), ["terraform", "shell", "psql", "SQL"]);
    assert_eq!(reach_of("main.tf", &text, 4), Some(Reach::Task));
    for (start, line) in [("<<EOT\n", 6), ("<<-EOT\n", 6)] {
        let command =
            format!("{start}      set -e\n      dropdb \"${{var.name}}\" $${{X}}\n    EOT");
        finds("main.tf", &local("null_resource", "", &command), &[line]);
    }
    let script = "<<-EOT\n      %{ if var.all ~}\n      rm -rf /srv/uploads\n      %{ endif ~}\n      psql <<SQL\n      DROP TABLE users;\n      SQL\n    EOT";
    finds("main.tf", &local("null_resource", "", script), &[6, 9]);
    finds(
        "main.tf",
        "locals {\n  db = \"shop\"\n}\nresource \"null_resource\" \"a\" {\n  provisioner \"remote-exec\" {\n    inline = [\n      \"echo a\",\n      # and then\n      \"dropdb ${local.db}\",\n    ]\n  }\n}\n",
        &[9],
    );
    finds(
        "main.tf",
        &format!(
            "{}locals {{\n  all = <<EOT\necho a\ndropdb ${{var.db}}\nEOT\n}}\n",
            local("null_resource", "", "local.all")
        ),
        &[10],
    );
    let joined = "join(\"\\n\", [\n \"cd /srv\",\n \"dropdb ${var.db}\",\n ])";
    finds("main.tf", &local("null_resource", "", joined), &[6]);
    finds(
        "main.tf",
        "data \"external\" \"a\" {\n  program = [\"sh\", \"-c\", \"dropdb shop\"]\n}\n",
        &[2],
    );
    lets_through("main.tf", &local("null_resource", "", "\"rm -rf ${path.module}/build\""));
    lets_through("main.tf", &local("null_resource", "", "\"echo dropdb shop\""));
    lets_through("main.tf", "# dropdb shop\noutput \"a\" {\n  value = \"dropdb shop\"\n}\n");
    lets_through("main.tf", "resource \"a\" \"b\" {\n  user_data = <<EOT\ndropdb shop\nEOT\n}\n");
}

#[test]
fn an_interpreter_is_another_language() {
    let with = |interpreter: &str, command: &str| {
        local("null_resource", "", &format!("{command}\n    interpreter = {interpreter}"))
    };
    let python = "<<EOT\nimport shutil\nshutil.rmtree(\"/srv/uploads\")\nEOT";
    let text = with("[\"python3\", \"-c\"]", python);
    finds("main.tf", &text, &[6]);
    assert_eq!(layers("main.tf", &text).last(), Some(&"python"));
    finds("main.tf", &with("[\"/bin/bash\", \"-ec\"]", "\"dropdb shop\""), &[4]);
    let asked = "<<EOT\n[ \"$APP_ENV\" = development ]\ndropdb shop\nEOT";
    guarded("main.tf", &with("[\"bash\", \"-ec\"]", asked), &[6]);
    finds("main.tf", &with("[\"bash\", \"-c\"]", asked), &[6]);
    let power = "\"Remove-Item -Recurse -Force D:/data/uploads\"";
    finds("main.tf", &with("[\"PowerShell\", \"-Command\"]", power), &[4]);
}

#[test]
fn what_runs_when_a_resource_goes_is_what_the_plan_asks_about() {
    let text = local("null_resource", "", "\"dropdb shop\"\n    when = destroy");
    guarded("main.tf", &text, &[4]);
    assert_eq!(guards_of("main.tf", &text, 4)[0].kind, GuardKind::Framework);
    let both = format!("{}{}", text, local("null_resource", "", "\"dropdb shop\""));
    finds("main.tf", &both.replacen("\"x\"", "\"y\"", 1), &[11]);
}

#[test]
fn what_was_just_made_has_nothing_to_lose() {
    let remote = |kind: &str| {
        format!(
            "resource \"{kind}\" \"x\" {{\n  provisioner \"remote-exec\" {{\n    inline = [\"rm -rf /var/lib/mysql\"]\n  }}\n}}\n"
        )
    };
    lets_through("main.tf", &remote("aws_instance"));
    finds("main.tf", &remote("null_resource"), &[3]);
    let own = "\"psql -h ${self.address} -c 'DROP TABLE users'\"";
    lets_through("main.tf", &local("aws_db_instance", "", own));
    finds("main.tf", &local("null_resource", "", own), &[4]);
}

#[test]
fn a_resource_that_is_not_made_runs_nothing() {
    let made_if = |variables: &str, count: &str| {
        let text = local("null_resource", count, "\"dropdb shop\"");
        format!("{text}{variables}")
    };
    let flag = "variable \"wipe\" {\n  type = bool\n  default = false\n}\n";
    guarded("main.tf", &made_if(flag, "count = var.wipe ? 1 : 0"), &[4]);
    guarded("main.tf", &made_if(flag, "for_each = var.wipe ? toset([\"a\"]) : toset([])"), &[4]);
    finds("main.tf", &made_if(&flag.replace("false", "true"), "count = var.wipe ? 1 : 0"), &[4]);
    finds("main.tf", &made_if(flag, "count = var.wipe ? 0 : 1"), &[4]);
    let env = "variable \"environment\" {\n  type = string\n}\n";
    for count in [
        "count = var.environment == \"dev\" ? 1 : 0",
        "count = contains([\"dev\", \"test\"], var.environment) ? 1 : 0",
        "count = var.environment == \"production\" ? 0 : 1",
    ] {
        guarded("main.tf", &made_if(env, count), &[4]);
    }
    finds("main.tf", &made_if(env, "count = var.environment == \"production\" ? 1 : 0"), &[4]);
    let check = "lifecycle {\n precondition {\n condition = var.environment == \"dev\"\n error_message = \"no\"\n }\n }";
    guarded("main.tf", &made_if(env, check), &[9]);
    lets_through("main.tf", &made_if("", "count = 0"));
    let shell = "<<EOT\n[ \"${var.environment}\" = dev ] || exit 1\ndropdb shop\nEOT";
    guarded("main.tf", &format!("{}{env}", local("null_resource", "", shell)), &[6]);
}

/// The lines on which a file switches off what keeps data.
fn off(path: &str, text: &str) -> Vec<u32> {
    let Answer::Yes(script) = script::read(path.into(), text.as_bytes()) else { return Vec::new() };
    assert!(script.operations.is_empty());
    script.safeguards_off.iter().map(|it| it.line).collect()
}

#[test]
fn a_setting_that_gives_data_away_is_told() {
    let resource = |kind: &str, name: &str, inner: &str| {
        format!("resource \"{kind}\" \"{name}\" {{\n  {inner}\n}}\n")
    };
    for (kind, setting) in [
        ("aws_db_instance", "skip_final_snapshot = true"),
        ("aws_rds_cluster", "skip_final_snapshot = true"),
        ("aws_s3_bucket", "force_destroy = true"),
        ("google_storage_bucket", "force_destroy = true # so be it"),
        ("google_sql_database_instance", "deletion_protection = false"),
        ("google_bigquery_dataset", "delete_contents_on_destroy = true"),
    ] {
        assert_eq!(off("main.tf", &resource(kind, "main", setting)), [2], "{kind}");
    }
    for (kind, name, inner) in [
        ("aws_db_instance", "main", "skip_final_snapshot = false"),
        ("aws_db_instance", "main", "skip_final_snapshot = var.skip"),
        ("aws_db_instance", "main", "skip_final_snapshot = true\n  replicate_source_db = a.id"),
        ("aws_db_instance", "dev", "skip_final_snapshot = true"),
        ("aws_db_instance", "main", "skip_final_snapshot = true\n  identifier = \"shop-test\""),
        // What the provider does by itself is switched off by nobody.
        ("aws_db_instance", "main", "deletion_protection = false"),
        ("aws_db_instance", "main", "lifecycle {\n prevent_destroy = false\n }"),
        ("aws_route53_zone", "main", "force_destroy = true"),
        ("google_cloud_run_v2_service", "main", "deletion_protection = false"),
    ] {
        assert!(off("main.tf", &resource(kind, name, inner)).is_empty(), "{kind} {inner}");
    }
    let bucket = resource("google_storage_bucket", "main", "force_destroy = true");
    let object = "resource \"google_storage_bucket_object\" \"a\" {\n  bucket = google_storage_bucket.main.name\n}\n";
    assert!(off("main.tf", &format!("{bucket}{object}")).is_empty());
    for place in ["examples/a/main.tf", "test/main.tf", "envs/dev/main.tf"] {
        assert!(off(place, &bucket).is_empty(), "{place}");
    }
}

#[test]
fn a_broken_or_hostile_file_is_read_as_far_as_it_goes() {
    let wipe = local("null_resource", "", "\"dropdb shop\"");
    finds("main.tf", &format!("{wipe}resource \"a\" {{\n  b = [\n"), &[4]);
    for text in [
        format!("a = {}{}", "[".repeat(5_000), "]".repeat(5_000)),
        format!("a = {}x{}", "\"${".repeat(3_000), "}\"".repeat(3_000)),
        format!("{}{}", "a {\n".repeat(5_000), "}\n".repeat(5_000)),
        format!("a = {}x", "!".repeat(5_000)),
        "a = <<\n".to_owned(),
        "a = <<EOT".to_owned(),
        "resource \"null_resource\" \"a\" {\n provisioner \"local-exec\" {\n command = <<-EOT\n"
            .to_owned(),
        "resource\nprovisioner \"local-exec\" {}\ndata \"external\" {}\nvariable {}\n".to_owned(),
        format!("a = <<{}\n  x\n{}\n", "E".repeat(300), "E".repeat(300)),
    ] {
        lets_through("main.tf", &format!("# drop\n{text}"));
    }
}
