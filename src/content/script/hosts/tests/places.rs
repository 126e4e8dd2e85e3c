//! Workflows, Dockerfiles and compose files: what is typed, picked or approved, and what lasts.

use super::{finds, guarded, lets_through, reach_of};
use crate::content::script::Reach;

const FLOW: &str = ".github/workflows/destroy.yml";

/// A workflow that is started by hand, with these inputs and jobs.
fn by_hand(inputs: &str, jobs: &str) -> String {
    format!("on:\n  workflow_dispatch:\n    inputs:\n{inputs}\njobs:\n{jobs}\n")
}

const TYPED: &str = "      confirm:\n        required: true";
const DESTROY: &str = "      - run: terraform destroy -auto-approve";

#[test]
fn one_click_is_no_guard() {
    finds(
        FLOW,
        &format!(
            "on: workflow_dispatch\njobs:\n  destroy:\n    runs-on: ubuntu-latest\n    steps:\n{DESTROY}\n"
        ),
        &[6],
    );
    finds(
        FLOW,
        &format!(
            "on:\n  push:\njobs:\n  destroy:\n    environment: production\n    steps:\n{DESTROY}\n"
        ),
        &[7],
    );
    finds(FLOW, &by_hand(TYPED, &format!("  destroy:\n    steps:\n{DESTROY}")), &[9]);
    let text = "on: push\njobs:\n  wipe:\n    steps:\n      - name: x\n        run: |\n          echo a\n\n          aws s3 rm --recursive s3://shop\n";
    finds(FLOW, text, &[9]);
    assert_eq!(reach_of(FLOW, text, 9), Some(Reach::Pipeline));
}

#[test]
fn a_typed_input_guards() {
    let on_job = format!(
        "  destroy:\n    if: github.event.inputs.confirm == 'DESTROY'\n    steps:\n{DESTROY}"
    );
    guarded(FLOW, &by_hand(TYPED, &on_job), &[10]);
    let on_step = "  destroy:\n    steps:\n      - if: ${{ inputs.confirm == 'destroy' && github.ref == 'refs/heads/main' }}\n        run: terraform destroy -auto-approve";
    guarded(FLOW, &by_hand(TYPED, on_step), &[10]);
    let in_text = format!(
        "  destroy:\n    steps:\n      - run: |\n          if [ \"${{{{ inputs.confirm }}}}\" != \"destroy\" ]; then\n            exit 1\n          fi\n{DESTROY}"
    );
    guarded(FLOW, &by_hand(TYPED, &in_text), &[13]);
    let by_env = format!(
        "  destroy:\n    env:\n      ANSWER: ${{{{ inputs.confirm }}}}\n    steps:\n      - run: '[ \"$ANSWER\" = destroy ]'\n{DESTROY}"
    );
    guarded(FLOW, &by_hand(TYPED, &by_env), &[12]);
    let refused = format!(
        "  destroy:\n    steps:\n      - if: inputs.confirm != 'destroy'\n        run: exit 1\n{DESTROY}"
    );
    guarded(FLOW, &by_hand(TYPED, &refused), &[11]);
    let goes_on = format!(
        "  destroy:\n    steps:\n      - if: inputs.confirm != 'destroy'\n        run: echo no\n{DESTROY}"
    );
    finds(FLOW, &by_hand(TYPED, &goes_on), &[11]);
    let ignored = format!(
        "  destroy:\n    steps:\n      - if: inputs.confirm != 'destroy'\n        run: exit 1\n        continue-on-error: true\n{DESTROY}"
    );
    finds(FLOW, &by_hand(TYPED, &ignored), &[12]);
}

#[test]
fn a_job_that_others_need_guards_them() {
    let check =
        "  check:\n    steps:\n      - if: inputs.confirm != 'destroy'\n        run: exit 1\n";
    let needs = |more: &str| {
        by_hand(
            TYPED,
            &format!("{check}  destroy:\n    needs: [check]\n{more}    steps:\n{DESTROY}"),
        )
    };
    guarded(FLOW, &needs(""), &[14]);
    finds(FLOW, &needs("    if: always()\n"), &[15]);
    guarded(FLOW, &needs("    if: always() && needs.check.result == 'success'\n"), &[15]);
}

#[test]
fn what_must_be_picked_is_an_opt_in() {
    let pick = "      action:\n        type: choice\n        default: plan\n        options: [plan, destroy]";
    let job = format!("  run:\n    if: inputs.action == 'destroy'\n    steps:\n{DESTROY}");
    guarded(FLOW, &by_hand(pick, &job), &[12]);
    finds(FLOW, &by_hand(&pick.replace("default: plan", "default: destroy"), &job), &[12]);
    let flag = "      wipe:\n        type: boolean\n        default: false";
    let job = format!("  run:\n    if: ${{{{ inputs.wipe }}}}\n    steps:\n{DESTROY}");
    guarded(FLOW, &by_hand(flag, &job), &[11]);
    finds(FLOW, &by_hand(&flag.replace("false", "true"), &job), &[11]);
}

#[test]
fn what_lasts_only_for_a_run_is_let_through() {
    let job = |name: &str, more: &str, run: &str| {
        format!("on: push\njobs:\n  {name}:\n{more}    steps:\n      - run: {run}\n")
    };
    let made = "terraform apply\n      - run: terraform destroy -auto-approve";
    lets_through(FLOW, &job("e2e", "", made));
    finds(FLOW, &job("e2e", "", "terraform destroy -auto-approve"), &[5]);
    lets_through(FLOW, &job("build", "", "docker compose down -v"));
    lets_through(FLOW, &job("build", "", "rm -rf /var/lib/mysql/data"));
    lets_through(
        FLOW,
        &job("build", "    services:\n      postgres:\n        image: postgres\n", "dropdb shop"),
    );
    lets_through(
        FLOW,
        &job(
            "build",
            "    env:\n      RAILS_ENV: test\n",
            "DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:reset",
        ),
    );
    finds(
        FLOW,
        &job(
            "build",
            "    env:\n      DATABASE_URL: ${{ secrets.DATABASE_URL }}\n",
            "npx prisma migrate reset --force",
        ),
        &[7],
    );
    finds(FLOW, &job("deploy", "", "ssh me@shop.example 'rm -rf /srv/uploads'"), &[5]);
    lets_through(
        FLOW,
        "on:\n  pull_request:\n    types: [closed]\njobs:\n  down:\n    steps:\n      - run: terraform destroy -auto-approve\n",
    );
    lets_through(FLOW, &job("apply", "", "echo terraform destroy -auto-approve"));
    lets_through(
        FLOW,
        "on: push\njobs:\n  a:\n    steps:\n      - run: terraform apply\n      - if: always()\n        run: terraform destroy -auto-approve\n",
    );
}

#[test]
fn other_pipelines_are_read() {
    finds(
        ".gitlab-ci.yml",
        "wipe:\n  script:\n    - echo x\n    - terraform destroy -auto-approve\n",
        &[4],
    );
    // One click, as with `workflow_dispatch`, asks nobody.
    finds(
        ".gitlab-ci.yml",
        "wipe:\n  when: manual\n  script:\n    - terraform destroy -auto-approve\n",
        &[4],
    );
    guarded(
        ".gitlab-ci.yml",
        "wipe:\n  rules:\n    - if: $CONFIRM == \"yes\"\n  script: terraform destroy -auto-approve\n",
        &[4],
    );
    lets_through(
        ".gitlab-ci.yml",
        "stop:\n  environment:\n    name: review/$CI_COMMIT_REF_SLUG\n    action: stop\n  script:\n    - helm uninstall x\n    - terraform destroy -auto-approve\n",
    );
    finds(
        ".gitlab-ci.yml",
        ".base:\n  script:\n    - terraform destroy -auto-approve\nwipe:\n  extends: .base\n",
        &[3],
    );
    finds(
        "azure-pipelines.yml",
        "steps:\n  - script: |\n      echo x\n      az group delete --name shop --yes\n",
        &[4],
    );
    guarded(
        "azure-pipelines.yml",
        "steps:\n  - task: ManualValidation@0\n  - bash: az group delete --name shop --yes\n",
        &[3],
    );
    finds(
        ".circleci/config.yml",
        "jobs:\n  down:\n    steps:\n      - checkout\n      - run:\n          command: terraform destroy -auto-approve\n",
        &[6],
    );
    finds(
        "action.yml",
        "runs:\n  using: composite\n  steps:\n    - run: aws s3 rb --force s3://shop\n      shell: bash\n",
        &[4],
    );
}

#[test]
fn jobs_of_pipelines_have_conditions() {
    let destroy = "terraform destroy -auto-approve";
    let azure = |condition: &str| {
        format!(
            "parameters:\n- name: confirm\n  type: string\n  default: ''\njobs:\n- job: wipe\n  condition: {condition}\n  steps:\n  - bash: {destroy}\n"
        )
    };
    let path = "azure-pipelines.yml";
    guarded(path, &azure("eq('${{ parameters.confirm }}', 'yes')"), &[9]);
    guarded(path, &azure("and(succeeded(), eq(variables['CONFIRM'], 'yes'))"), &[9]);
    finds(path, &azure("succeeded()"), &[9]);
    finds(path, &azure("eq(variables['Build.SourceBranch'], 'refs/heads/main')"), &[9]);
    let circle = |default: &str, steps: &str, workflow: &str| {
        format!(
            "parameters:\n  wipe:\n    type: boolean\n    default: {default}\njobs:\n  down:\n    steps:\n{steps}\nworkflows:\n  w:\n{workflow}\n"
        )
    };
    let path = ".circleci/config.yml";
    let plain = format!("      - run: {destroy}");
    let when = "    when: << pipeline.parameters.wipe >>\n    jobs: [down]";
    guarded(path, &circle("false", &plain, when), &[8]);
    finds(path, &circle("true", &plain, when), &[8]);
    let approved =
        "    jobs:\n      - ok:\n          type: approval\n      - down:\n          requires: [ok]";
    guarded(path, &circle("false", &plain, approved), &[8]);
    finds(
        path,
        &circle(
            "false",
            &plain,
            &approved.replace("          requires: [ok]", "          context: a"),
        ),
        &[8],
    );
    finds(path, &circle("false", &plain, &format!("{approved}\n  other:\n    jobs: [down]")), &[8]);
    let inner = format!(
        "      - when:\n          condition: << pipeline.parameters.wipe >>\n          steps:\n            - run: {destroy}"
    );
    guarded(path, &circle("false", &inner, "    jobs: [down]"), &[11]);
    finds(path, &circle("false", &inner.replace("when:", "unless:"), "    jobs: [down]"), &[11]);
    guarded(
        ".gitlab-ci.yml",
        &format!(
            "down:\n  only:\n    variables:\n      - $WIPE == \"yes\"\n  script:\n    - {destroy}\n"
        ),
        &[6],
    );
    // It runs though a step before it failed.
    let typed = "  down:\n    steps:\n      - if: inputs.confirm != 'yes'\n        run: exit 1\n      - if: always()\n        run: aws s3 rb --force s3://shop";
    finds(FLOW, &by_hand(TYPED, typed), &[12]);
    for (action, key) in [
        ("nick-fields/retry@v3", "command"),
        ("appleboy/ssh-action@v1", "script"),
        ("a/docker-run-action@v3", "run"),
    ] {
        let with = format!(
            "  down:\n    steps:\n      - uses: {action}\n        with:\n          {key}: {destroy}"
        );
        finds(FLOW, &by_hand(TYPED, &with), &[11]);
    }
    let by_name = format!("  down:\n    if: inputs['confirm'] == 'yes'\n    steps:\n{DESTROY}");
    guarded(FLOW, &by_hand(TYPED, &by_name), &[10]);
}

#[test]
fn images_destroy_when_they_start_not_when_they_are_made() {
    lets_through("Dockerfile", "FROM debian\nRUN rm -rf /var/lib/mysql \\\n  && rm -rf /data\n");
    lets_through("Dockerfile", "FROM debian\nRUN <<EOF\nrm -rf /var/lib/mysql\nEOF\n");
    finds("Dockerfile", "FROM node\nCMD npx prisma migrate reset --force && node app\n", &[2]);
    finds(
        "Dockerfile",
        "FROM node\nENTRYPOINT [\"sh\", \"-c\", \"npx prisma db push --accept-data-loss && node app\"]\n",
        &[2],
    );
    finds("Dockerfile", "FROM aws\nRUN aws s3 rb --force s3://shop\n", &[2]);
    finds(
        "app.dockerfile",
        "FROM node\nCMD \\\n  # made anew\n  npx prisma migrate reset --force\n",
        &[4],
    );
    assert_eq!(reach_of("Dockerfile", "FROM a\nCMD dropdb shop\n", 2), Some(Reach::Start));
}

#[test]
fn a_script_that_is_written_into_an_image_runs_when_it_starts() {
    let start = "ENTRYPOINT [\"/start.sh\"]\n";
    let copied = "FROM node\nCOPY <<EOF /start.sh\n#!/bin/sh\ndropdb shop\nEOF\n";
    finds("Dockerfile", &format!("{copied}{start}"), &[4]);
    lets_through("Dockerfile", copied);
    lets_through("Dockerfile", &format!("{copied}CMD /other.sh\n"));
    let said =
        "FROM node\nRUN echo '#!/bin/sh\\ndropdb shop\\n' > /start.sh && chmod +x /start.sh\n";
    finds("Dockerfile", &format!("{said}{start}"), &[3]);
    let asked = copied.replace("dropdb", "[ \"$RESET\" = yes ] && dropdb");
    guarded("Dockerfile", &format!("{asked}{start}"), &[4]);
}

#[test]
fn what_an_image_runs_knows_its_environment() {
    let start = "ENTRYPOINT [\"sh\", \"-c\", \"$BEFORE && node app\"]\n";
    let reset = "ENV PORT=80 BEFORE=\"npx prisma migrate reset --force\"\n";
    finds("Dockerfile", &format!("FROM node\n{reset}{start}"), &[3]);
    finds("Dockerfile", &format!("FROM node\n{reset}ENTRYPOINT sh -c \"$BEFORE\"\n"), &[2]);
    let plain = "ENV BEFORE npx prisma migrate reset --force\n";
    finds("Dockerfile", &format!("FROM node\n{plain}{start}"), &[3]);
    // Each image has an environment of its own.
    lets_through("Dockerfile", &format!("FROM node\n{reset}FROM node\n{start}"));
    lets_through("Dockerfile", &format!("FROM node\nENV BEFORE=\"npm run build\"\n{start}"));
    lets_through("Dockerfile", "FROM node\nENV NOW=$(dropdb shop)\nCMD node app\n");
}

#[test]
fn services_destroy_at_each_start() {
    finds(
        "compose.yaml",
        "services:\n  app:\n    command: sh -c \"python manage.py flush --noinput && gunicorn\"\n",
        &[3],
    );
    finds(
        "docker-compose.yml",
        "services:\n  app:\n    command:\n      - sh\n      - -c\n      - dropdb shop\n",
        &[6],
    );
    finds(
        "compose.yaml",
        "services:\n  a:\n    entrypoint: sh -c\n    command:\n      - dropdb shop\n  b:\n    command: app\n    post_start:\n      - command: [dropdb, shop]\n",
        &[5, 9],
    );
    guarded(
        "compose.yaml",
        "services:\n  reset:\n    profiles: [reset]\n    command: redis-cli -h cache flushall\n",
        &[4],
    );
    lets_through("compose.test.yaml", "services:\n  app:\n    command: dropdb shop\n");
    lets_through(
        "compose.yaml",
        "services:\n  app:\n    command: gunicorn\n    labels:\n      note: dropdb shop\n",
    );
}

#[test]
fn broken_files_are_read_as_far_as_they_go() {
    lets_through(FLOW, "on: [\njobs: {{{{\n  - terraform destroy -auto-approve");
    lets_through("package.json", "{ \"scripts\": { \"a\": ");
    lets_through("Makefile", "endif\nendef\nelse\n\tdropdb shop\n$(if $(error\n");
    let deep = format!("a: {}dropdb", "[".repeat(5_000));
    lets_through("compose.yaml", &deep);
    let loops = "A = $(B)$(B)\nB = $(C)$(C)\nC = $(A)$(A)\nwipe: wipe\n\t$(A) dropdb shop\n";
    super::said("Makefile", loops);
    let long: String = (0..2_000)
        .map(|n| format!("t{n}: t{}\n\t[ x ] || exit 1\n\tdropdb shop{n}\n", n + 1))
        .collect();
    super::said("Makefile", &long);
    super::said("justfile", "r: r\n  dropdb x\n[confirm\n@:\n=\n");
    super::said("Dockerfile", "RUN \\\n");
    super::said("Dockerfile", "RUN <<\nCMD [\nENTRYPOINT\n");
}

#[test]
fn a_playbook_or_script_below_a_directory_that_speaks_of_migration_is_none() {
    let play = "- hosts: all\n  tasks:\n    - command: kubeadm reset -f\n";
    finds("archive/pre-migration/ansible/reset.yml", play, &[3]);
    finds("db-migration/wipe.sh", "dropdb shop\n", &[1]);
    lets_through("db-migration/0001_drop.sql", "DROP TABLE orders;\n");
}
