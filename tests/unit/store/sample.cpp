#include "sample.hpp"

#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sqlite/connection.hpp"

using namespace kharita; // NOLINT: a test

namespace {

Span find(std::string const& text, std::string_view words) {
    auto const at = text.find(words);
    REQUIRE(at != std::string::npos);
    return {at, at + words.size()};
}

Toll toll(Count count, std::optional<std::int64_t> civilians = {}) {
    Toll made;
    made.count = count;
    made.civilians = civilians;
    return made;
}

Place place(std::string id, std::string name, std::string name_ar, LonLat at) {
    Place made;
    made.id = std::move(id);
    made.refs = {"gn:" + made.id, made.id};
    made.name = std::move(name);
    made.name_ar = std::move(name_ar);
    made.feature = "PPL";
    made.country = "SYR";
    made.admin1 = AdminUnit{"SY07", "Idlib"};
    made.admin2 = AdminUnit{"SY0703", "Maarrat an Numan"};
    made.at = at;
    made.uncertainty = {1500};
    made.prominence = 2;
    return made;
}

Mention mention(std::string const& text, std::string id, std::string_view words, Role role) {
    Mention made;
    made.id = std::move(id);
    made.span = find(text, words);
    made.role = role;
    made.confidence = 0.9;
    made.why = "exact name";
    return made;
}

void resolve(Mention& mention, Place const& place) {
    mention.place = place;
    mention.at = place.at;
    mention.uncertainty = place.uncertainty;
    mention.geo_precision = 1;
    mention.where_prec = 1;
}

std::vector<Mention> mentions(std::string const& text) {
    std::vector<Mention> all;
    all.push_back(mention(text, "m1", "خان السبل", Role::event));
    resolve(all.back(), place("C1", "Khan as Subul", "خَان السبل", {36.75, 35.76}));
    all.push_back(mention(text, "m2", "معردبسة", Role::event));
    resolve(all.back(), place("C2", "Maar Dibsah", "معردبسة", {36.78, 35.80}));
    all.back().alternatives = {{"C9", 0.05}, {"C8", 0.01}};
    all.push_back(mention(text, "m3", "شرق سراقب", Role::event));
    all.back().at = LonLat{36.85, 35.86};
    all.back().uncertainty = Metres{4000};
    all.back().area = Polygon{{{36.81, 35.82}, {36.89, 35.82}, {36.89, 35.90}, {36.81, 35.82}}, {}};
    all.back().geo_precision = 2;
    all.back().where_prec = 2;
    all.back().relation = Relation{Relation::Kind::direction, std::nullopt, Degrees{90}, {"m4"}};
    all.push_back(mention(text, "m4", "بريف سراقب", Role::scope));
    all.back().confidence = 0.3;
    all.back().why = "two places of that name";
    return all;
}

Event event(std::string const& text, int number, int ordinal, std::string_view trigger) {
    Event made;
    made.id = fmt::format("{:024x}{:04x}{:04x}", 0xABCDEF, number, ordinal);
    made.trigger = find(text, trigger);
    made.date = parse_date("2020-01-15");
    made.date_end = made.date;
    made.time_precision = 1;
    made.date_why = "the day before publication";
    made.event_type = "Explosions/Remote violence";
    made.sub_event_type = "Shelling/artillery/missile attack";
    made.plover = "ASSAULT";
    made.confidence = 0.8;
    made.why = "verb";
    return made;
}

} // namespace

Document sample_document(int number) {
    Document document;
    Report& report = document.report;
    report.id = fmt::format("r-{}", number);
    report.doc_id = fmt::format("{:032x}", number);
    report.source = "sample";
    report.url = fmt::format("https://example.org/{}", number);
    report.title = "عنوان";
    report.published = parse_date("2020-01-16");
    report.lang = "ar";
    report.text = "خبر أول لا يعنينا. قصفت المدفعية أمس خان السبل ومعردبسة وسقط أربعة قتلى.\n"
                  "وفشل هجوم شرق سراقب، ثم سيطرت الفصائل على تلة هناك بريف سراقب. وأعلنت منطقة آمنة.";
    report.extra = R"({"desk":"north"})";
    document.gazetteer_hash = std::string(64, 'a');
    std::string const& text = report.text;
    document.mentions = mentions(text);
    document.groups = {{.id = "c1", .killed = toll({4, 4, 4}), .injured = {}},
                       {.id = "c2", .killed = {}, .injured = {}}};

    Event shelling = event(text, number, 1, "قصفت");
    shelling.group = "c1";
    shelling.mention = "m1";
    shelling.initiator = {{"syr-mil", "Military Forces of Syria", 0.6},
                          {"rus-mil", "Military Forces of Russia", 0.4}};
    Event second = shelling;
    second.id = event(text, number, 2, "قصفت").id;
    second.mention = "m2";
    second.injured = toll({2, 2, 3}, 2);
    second.count = Count{1, 2, 2};
    Event failed = event(text, number, 3, "هجوم");
    failed.group = "c2";
    failed.mention = "m3";
    failed.event_type = "Battles";
    failed.modality = Modality::failed;
    Event gained = event(text, number, 4, "سيطرت");
    gained.group = "c2";
    gained.event_type = "Battles";
    gained.control_change = "gained";
    gained.initiator = {{"", "الفصائل", 0.7}};
    document.events = {shelling, second, failed, gained};

    Zone zone;
    zone.id = fmt::format("{:032x}", 0xF00D0000U + static_cast<unsigned>(number));
    zone.span = find(text, "منطقة آمنة");
    zone.along = "SYR-TUR border";
    zone.side = "SYR";
    zone.declared_by = {{"tur", "Turkey", 0.9}};
    zone.date = report.published;
    zone.confidence = 0.7;
    document.zones = {zone};
    return document;
}

std::string dump(store::Database& database) {
    sqlite::Connection& connection = database.connection();
    std::vector<std::string> tables;
    auto names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE "
                                    "'CREATE VIRTUAL%' ORDER BY name");
    while (names.step()) {
        tables.emplace_back(names.text(0));
    }
    std::string text;
    for (std::string const& table : tables) {
        text += table + "\n";
        auto rows = connection.prepare("SELECT * FROM " + sqlite::quoted_name(table));
        while (rows.step()) {
            for (int column = 0; column < rows.column_count(); ++column) {
                if (rows.is_null(column)) {
                    text += "NULL";
                }
                for (std::byte const byte : rows.blob(column)) {
                    auto const c = std::to_integer<unsigned>(byte);
                    text += c < 32 ? fmt::format("\\{:02x}", c) : std::string(1, static_cast<char>(c));
                }
                text += '|';
            }
            text += '\n';
        }
    }
    return text;
}
