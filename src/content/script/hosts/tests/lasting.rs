//! What lasts beyond a run of a pipeline, and what does not.

use super::said;

#[test]
fn finds() {
    for (path, text) in [
        (
            "bitbucket-pipelines.yml",
            "pipelines:\n  default:\n    - step:\n        name: Wipe\n        script:\n          - psql -h db.prod.example.com -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".gitlab-ci.yml",
            "wipe:\n  script:\n    - psql -h db.prod.example.com -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".gitlab-ci.yml",
            "wipe:\n  script:\n    - psql \"$PROD_DATABASE_URL\" -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".gitlab-ci.yml",
            "wipe:\n  script:\n    - psql \"$DATABASE_URL\" -c \"DROP DATABASE shop\"\n",
        ),
        (
            "deploy/destroy-pipeline.yml",
            "trigger: none\nsteps:\n  - task: TerraformTaskV4@4\n    inputs:\n      command: destroy\n",
        ),
        (
            "k8s/reset.yaml",
            "kind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - command: [sh, -c]\n          args:\n            - |\n              n=$((n + 1)); [ $n -ge $MOST ] && exit 1\n              dropdb shop\n",
        ),
        (
            "stacks/reset.yml",
            "services:\n  reset:\n    image: postgres\n    command: sh -c \"dropdb -h db shop\"\n",
        ),
        (
            "azure-pipelines.yml",
            "steps:\n  - script: psql -h db.prod.example.com -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".circleci/config.yml",
            "jobs:\n  wipe:\n    steps:\n      - run: psql -h db.prod.example.com -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\nenv:\n  PGURL: ${{ vars.PROD_URL }}\njobs:\n  a:\n    steps:\n      - run: psql \"$PGURL\" -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - run: psql \"$PROD_DATABASE_URL\" -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - if: always()\n        run: terraform destroy -auto-approve -var env=production\n",
        ),
        (
            ".github/workflows/a.yml",
            "name: review and reset production\non: push\njobs:\n  a:\n    steps:\n      - run: terraform destroy -auto-approve -var env=production\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  test-and-reset:\n    steps:\n      - run: terraform destroy -auto-approve\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          # kind create\n          echo ${{ github.head_ref }}\n          terraform destroy -auto-approve\n",
        ),
        (
            ".gitlab-ci.yml",
            "stop:\n  script:\n    - echo $CI_ENVIRONMENT_SLUG\n    - terraform destroy -auto-approve\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          docker build -t shop:${{ github.sha }} .\n          terraform destroy -auto-approve\n",
        ),
    ] {
        assert_ne!(said(path, text).0, [0; 0], "{path}\n{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            ".gitlab-ci/e2e.yml",
            "e2e:\n  script:\n    - tofu -chdir=infra apply -auto-approve\n  after_script:\n    - tofu -chdir=infra destroy -auto-approve\n",
        ),
        (
            ".gitlab-ci.yml",
            "check:\n  services:\n    - postgres:16\n  variables:\n    POSTGRES_DB: x\n  script:\n    - psql -h postgres -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".circleci/config.yml",
            "jobs:\n  t:\n    docker:\n      - image: cimg/ruby\n      - image: cimg/postgres:14\n    steps:\n      - run: psql -h localhost -c \"DROP DATABASE shop\"\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          helm uninstall pr-${{ github.event.number }}\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\nenv:\n  NAME: pr-${{ github.event.number }}\njobs:\n  a:\n    steps:\n      - run: |\n          az group delete \\\n            --name $NAME --yes\n",
        ),
    ] {
        assert_eq!(said(path, text).0, [0; 0], "{path}\n{text}");
    }
}

#[test]
fn what_a_job_of_production_or_another_machine_destroys_lasts() {
    for (path, text) in [
        (
            ".gitlab-ci.yml",
            "deploy:\n  environment: production\n  script:\n    - docker-compose -f docker-compose.prod.yml down -v\n    - docker-compose -f docker-compose.prod.yml up -d\n",
        ),
        (
            ".gitlab-ci.yml",
            "deploy:\n  environment: production\n  script:\n    - php artisan migrate:fresh --force --seed\n",
        ),
        (
            ".gitlab-ci.yml",
            "deploy:\n  environment:\n    name: production\n  script:\n    - npx prisma migrate reset --force\n",
        ),
        (
            ".gitlab-ci.yml",
            "deploy:\n  environment: production\n  script:\n    - rm -rf /srv/app/uploads\n",
        ),
        (
            ".gitlab-ci.yml",
            "deploy:\n  environment: production\n  tags: [prod]\n  script:\n    - docker volume rm app_pgdata\n",
        ),
        (
            ".gitlab-ci.yml",
            "deploy:\n  tags:\n    - production-server\n  script:\n    - docker-compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n      DOCKER_HOST: ssh://deploy@prod\n    steps:\n      - run: docker compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker context use prod && docker compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker --context prod compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker -H ssh://deploy@prod compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: prod-runner\n    steps:\n      - run: docker compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on:\n      group: prod\n    steps:\n      - run: docker compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    environment: production\n    steps:\n      - run: npx prisma migrate reset --force\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n      DATABASE_URL: ${{ vars.DATABASE_URL }}\n    steps:\n      - run: npx prisma migrate reset --force\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: vercel env pull .env && npx prisma migrate reset --force\n",
        ),
    ] {
        assert_ne!(said(path, text).0, [0; 0], "{path}\n{text}");
    }
    for (path, text) in [
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: docker compose down -v\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n      DATABASE_URL: postgres://localhost/app\n    steps:\n      - run: npx prisma migrate reset --force\n",
        ),
        (
            ".gitlab-ci.yml",
            "test:\n  script:\n    - docker-compose down -v\n    - php artisan migrate:fresh --force --seed\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  test:\n    runs-on: ${{ matrix.os }}\n    steps:\n      - run: docker compose down -v\n",
        ),
        (
            ".gitlab-ci.yml",
            "review:\n  environment: review\n  tags: [docker]\n  script:\n    - php artisan migrate:fresh --force --seed\n",
        ),
    ] {
        assert_eq!(said(path, text).0, [0; 0], "{path}\n{text}");
    }
}
