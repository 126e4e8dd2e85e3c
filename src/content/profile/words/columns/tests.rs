//! What names of columns say in English, and names that say nothing.

use proptest::prelude::*;

use super::super::super::super::database::NationalId;
use super::super::ColumnSays::{self, *};
use super::column_says;

#[track_caller]
pub(super) fn say(rows: &[(ColumnSays, &str)]) {
    let mut wrong = Vec::new();
    for (says, names) in rows {
        for name in names.split(", ") {
            let found = column_says(name);
            if found != *says {
                wrong.push(format!("{name}: {found:?}, not {says:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn columns_in_english() {
    say(&[
        (
            PersonName,
            "first_name, lastName, FullName, customerName, surname, cust_fname, stu_name, emp_name, patient_name, student name, \
             contact-name, custname, studentname, father_name, memberName, full_name, cardholder_name, recipient_name",
        ),
        (Name, "name, Name, display_name, billing_name, owner, customer, names"),
        (Login, "username, user_name, login, nickname, loginid, user, handle, screen_name"),
        (
            Mail,
            "email, e_mail, Email, usr_email, user_email, emailAddress, email_address, contact_email, mail, email2, workemail, \
             email_canonical, primary_email, customer_mail, mail_id",
        ),
        (
            Phone,
            "phone, phone_number, mobile, mobile_no, cell, home_phone, phone_home, homephone, contact_no, fax, whatsapp, tel, cust_phone, custphone",
        ),
        (
            Password,
            "password, password_hash, pwd, passwd, pass, user_pass, userpass, hashed_password, encrypted_password, pwd_hash, usrpwd, \
             password_digest",
        ),
        (
            Time,
            "created_at, updated_at, last_login, password_changed_at, date_joined, timestamp, email_verified_at, createdOn, last_seen, \
             ts, deleted_at, start_date, expires_at, login_time, LastModified, date",
        ),
        (
            PersonId,
            "user_id, userId, authorId, customer_id, student_no, patient_id, studentid, userid, created_by, assigned_to, owner_id, user_uuid, cust_id",
        ),
        (
            BirthDate,
            "dob, birth_date, birthday, date_of_birth, pat_dob, DateOfBirth, year_of_birth",
        ),
        (Gender, "gender, sex, patient_sex, emp_gender"),
        (
            Address,
            "address, street, home_address, address_line_1, address1, billing_address, street_address, customer_address, addr",
        ),
        (City, "city, town, billing_city, hometown, place_of_birth"),
        (PostalCode, "zip, zip_code, postal_code, postcode, shipping_postcode, pincode"),
        (
            NationalId(None),
            "national_id, passport_no, passport_number, driver_license, id_card_number, tax_id, nino, nric, cnic, id_number",
        ),
        (NationalId(Some(NationalId::UsSsn)), "ssn, social_security_number, emp_ssn"),
        (NationalId(Some(NationalId::Aadhaar)), "aadhaar, aadhar_no, adhar_number, aadhaarNumber"),
        (Card, "card_number, credit_card, cc_number, cardNumber, credit_card_number"),
        (
            BankAccount,
            "iban, bank_account, account_number, account_no, bank_account_number, sort_code",
        ),
        (
            IpAddress,
            "ip, ip_address, last_login_ip, remote_addr, client_ip, IPAddress, current_sign_in_ip, clientip, ip_addr",
        ),
        (MacAddress, "mac, mac_address, macAddress, bssid, wifi_mac"),
        (Latitude, "lat, latitude, geo_lat, Latitude"),
        (Longitude, "lng, lon, longitude, geo_lng"),
        (Health, "diagnosis, blood_group, blood_type, allergies, medical_history, bloodpressure"),
        (Religion, "religion, religious_affiliation, patient_religion"),
        (
            Session,
            "session_id, session_key, session_data, session, cookie, phpsessid, user_session",
        ),
        (
            Token,
            "token, access_token, api_key, refresh_token, auth_token, secret_key, remember_token, otp_secret, client_secret, password_reset_token",
        ),
        (
            PersonTrait,
            "nationality, marital_status, age, salutation, occupation, job_title, ethnicity, salary, patient_age",
        ),
    ]);
}

#[test]
fn columns_that_say_nothing() {
    say(&[(
        Nothing,
        "classname, filename, hostname, tablename, coltype, telemetry, assign, email_hash, phone_verified, is_admin, user_count, \
             name_length, token_count, card_type, product_name, company_name, file_name, category_name, column_name, table_name, domain_name, \
             brand_name, event_name, job_name, tag_name, city_id, country_name, country_code, phone_country_code, area_code, email_verified, \
             email_subject, email_template, email_body, password_salt, password_reset_required, password_strength, has_password, is_email_sent, \
             show_email, num_users, max_users, total_users, email_count, phone_type, phone_model, address_type, memory_address, contract_address, \
             user_agent, useragent, title, description, content, body, status, type, kind, price, amount, quantity, sku, slug, url, path, size, width, height, \
             color, weight, rating, score, level, version, language, locale, timezone, time_zone, date_format, sort_order, position, parent_id, category_id, \
             product_id, order_id, group_id, role_id, permission_id, content_type_id, app_label, model, codename, object_id, object_repr, action_flag, \
             change_message, option_name, option_value, autoload, meta_key, meta_value, post_status, post_name, comment_status, ping_status, guid, menu_order, \
             post_type, post_mime_type, comment_count, term_id, taxonomy, term_group, batch, migration, queue, payload, attempts, uuid, connection, \
             exception, host_key, is_httponly, is_secure, samesite, favicon_url, visit_count, typed_count, frecency, hidden, foreign_count, rev_host, \
             temperature, humidity, pressure, wind_speed, precipitation, word, definition, lemma, part_of_speech, gloss, reading, stroke_count, radical, \
             track_name, album_title, artist_name, genre, duration, bitrate, bpm, milliseconds, unit_price, composer_id, playlist_name, hp_max, attack, defense, \
             speed, weapon_name, item_name, spell, quest_id, map_name, tile_x, data, value, key, id, _id, rowid, n, x, y, z, a, b, c, col1, field_2, \
             checksum, sha256, md5, hash, mime_type, encoding, screen_orientation, page_age, max_age, cache_age, mobile_app, cell_count, battery_level, \
             signal_strength, device_type, device_name, os_version, app_version, package_name, component_name, class_name, method_name, function_name, \
             line_number, serial_number, model_number, part_number, tracking_number, order_number, invoice_number, page_number, token_type, session_count, \
             cookie_policy, secret_santa, street_view_enabled, city_count, zip_file, address_book_enabled, allow_phone, sms_enabled, send_email, requires_login, \
             login_count, login_attempts, failed_attempts, gender_required, age_group, birth_rate, religion_count, ip_version, ip_range_size, mac_version, \
             lat_bounds_json, bank_name, card_brand, last_four, exp_month, exp_year, currency_code, tax_rate, discount_code, coupon_code, barcode, isbn, ean, \
             \u{200b}, ???, 日本, 商品",
    )]);
}

proptest! {
    #[test]
    fn any_text_is_answered(name in ".{0,120}") {
        let _ = column_says(&name);
    }
}
