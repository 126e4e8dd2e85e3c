//! Over smart HTTP: nginx, fcgiwrap and git-http-backend, with a password.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Server;
use crate::daemon::{Daemon, answers, free_port, tools};

/// No word of it may ever be seen.
const PASSWORD: &str = "kobold-auf-dem-dach";

/// The same as it is sent, after `ada:`.
const SENT: &str = "YWRhOmtvYm9sZC1hdWYtZGVtLWRhY2g=";

fn configuration(own: &Path, port: u16, backend: &Path) -> String {
    let own = own.display();
    let path = std::env::var("PATH").unwrap();
    format!(
        "daemon off;\nmaster_process off;\npid {own}/nginx.pid;\nerror_log stderr;\n\
         events {{}}\nhttp {{\n  access_log off;\n  client_max_body_size 0;\n\
         client_body_temp_path {own}/n1;\n  proxy_temp_path {own}/n2;\n  fastcgi_temp_path {own}/n3;\n\
         uwsgi_temp_path {own}/n4;\n  scgi_temp_path {own}/n5;\n\
         server {{\n  listen 127.0.0.1:{port};\n  location / {{\n\
         auth_basic git;\n  auth_basic_user_file {own}/passwords;\n\
         fastcgi_pass unix:{own}/fcgi;\n  fastcgi_param SCRIPT_FILENAME {backend};\n\
         fastcgi_param PATH_INFO $uri;\n  fastcgi_param QUERY_STRING $query_string;\n\
         fastcgi_param REQUEST_METHOD $request_method;\n  fastcgi_param CONTENT_TYPE $content_type;\n\
         fastcgi_param CONTENT_LENGTH $content_length;\n  fastcgi_param REMOTE_USER $remote_user;\n\
         fastcgi_param REMOTE_ADDR $remote_addr;\n  fastcgi_param GIT_HTTP_EXPORT_ALL 1;\n\
         fastcgi_param GIT_PROJECT_ROOT {own};\n  fastcgi_param HOME {own};\n\
         fastcgi_param GIT_CONFIG_NOSYSTEM 1;\n  fastcgi_param PATH \"{path}\";\n  }}\n}}\n}}\n",
        backend = backend.display()
    )
}

#[test]
fn over_http() {
    let Some([nginx, fcgiwrap, backend]) = tools(["nginx", "fcgiwrap", "git-http-backend"]) else {
        return;
    };
    let server = Server::new();
    let own = server.repo.home.path().canonicalize().unwrap();
    let port = free_port();
    fs::write(own.join("passwords"), format!("ada:{{PLAIN}}{PASSWORD}\n")).unwrap();
    fs::write(own.join("nginx.conf"), configuration(&own, port, &backend)).unwrap();
    let socket = own.join("fcgi");
    let mut command = Command::new(fcgiwrap);
    command.arg("-s").arg(format!("unix:{}", socket.display()));
    let _fcgiwrap = Daemon::start(command, &own.join("fcgiwrap.log"), || socket.exists());
    let mut command = Command::new(nginx);
    command.arg("-p").arg(&own).arg("-c").arg(own.join("nginx.conf"));
    let _nginx = Daemon::start(command, &own.join("nginx.log"), || answers(port));
    server.configure("http.receivepack", "true");
    server.configure("dataward.host", "http");
    server.pushes_to(&format!("http://ada:{PASSWORD}@127.0.0.1:{port}/server.git"));
    let said = server.refuses_a_database_and_accepts_the_rest("http", "ada");
    let environment = server.environment();
    assert!(environment.contains("\nREMOTE_USER=ada\n"), "{environment}");
    // The hook had the password in its environment, and kept it to itself.
    assert!(environment.contains(&format!("\nHTTP_AUTHORIZATION=Basic {SENT}\n")));
    let mut all = said;
    for log in ["fcgiwrap.log", "nginx.log", "server.git/dataward/audit.jsonl"] {
        all += &fs::read_to_string(own.join(log)).unwrap();
    }
    assert!(!all.contains(PASSWORD) && !all.contains(SENT), "{all}");
    // Nobody else gets in.
    server.pushes_to(&format!("http://ada:wrong@127.0.0.1:{port}/server.git"));
    server.note("more.txt");
    server.push(&["origin", "main"]).says(128, &["Authentication failed"]);
}
