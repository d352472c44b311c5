#include "gazetteer/import/source_record.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

namespace kharita::gazetteer {

namespace {

SourceRecord village() {
    SourceRecord record;
    record.id = "gn:1";
    record.name_ar = "عين الحمرا";
    record.name_en = "Ayn al-Hamra";
    record.aliases = {"Ain Hamra", "عين الحمراء"};
    record.feature = "PPL";
    record.country = "SYR";
    record.units = {"SY07", "SY0703"};
    record.at = {36.5, 35.75};
    record.uncertainty = Metres{500};
    record.population = 1200;
    record.refs = {"wd:Q1"};
    return record;
}

} // namespace

TEST_CASE("clean_name: what a table cannot hold becomes a space, what nobody sees goes") {
    CHECK(clean_name("  Kafr\t Nabudah \n") == "Kafr Nabudah");
    CHECK(clean_name("تل; رفعت") == "تل رفعت");
    CHECK(clean_name("\u200Fحلب\u200F") == "حلب");
    CHECK(clean_name("#Hama") == "Hama");
}

TEST_CASE("clean_name: what cannot be found is no name") {
    CHECK(clean_name("").empty());
    CHECK(clean_name("-").empty());
    CHECK(clean_name("x").empty());
    CHECK(clean_name("\xFF\xFE hama").empty());
    CHECK(clean_name(std::string(201, 'a')).empty());
    CHECK(clean_name(std::string(200, 'a')).size() == 200);
}

TEST_CASE("is_arabic_name: Arabic, not Persian or Kurdish letters") {
    CHECK(is_arabic_name("كفر زيتا"));
    CHECK_FALSE(is_arabic_name("گورگان"));
    CHECK_FALSE(is_arabic_name("Hama"));
    CHECK_FALSE(is_arabic_name("حماة Hama"));
    CHECK(is_latin_name("Jarābulus"));
    CHECK_FALSE(is_latin_name("Алеппо"));
}

TEST_CASE("normalise: names find their script, none stands twice") {
    SourceRecord record = village();
    record.name_ar = "Ayn al-Hamra";
    record.aliases = {"عين الحمرا", "عين الحمراء", "عين الحمرا", "Ayn al-Hamra", ""};
    CHECK(normalise(record) == std::nullopt);
    CHECK(record.name_ar == "عين الحمرا");
    CHECK(record.name_en == "Ayn al-Hamra");
    CHECK(record.aliases == std::vector<std::string>{"عين الحمراء"});
}

TEST_CASE("normalise: two names in one, and a sub-district in brackets, are taken apart") {
    SourceRecord record = village();
    record.name_ar = "عين الحمرا_كاني سور";
    record.name_en = "Ayn al-Hamra - Kani Sor (Warda)";
    record.aliases = {};
    CHECK(normalise(record) == std::nullopt);
    CHECK(record.name_ar == "عين الحمرا");
    CHECK(record.name_en == "Ayn al-Hamra");
    CHECK(record.aliases == std::vector<std::string>{"كاني سور", "Kani Sor"});
    record = village();
    record.name_ar = "عين الحمرا";
    record.name_en = "Ayn al-Hamra/Kani Sor/Warda";
    record.aliases = {};
    CHECK(normalise(record) == std::nullopt);
    CHECK(record.name_en == "Ayn al-Hamra");
    CHECK(record.aliases == std::vector<std::string>{"Warda", "Kani Sor"});
    record = village();
    record.name_en = "Jisr-Ash-Shughur";
    CHECK(normalise(record) == std::nullopt);
    CHECK(record.name_en == "Jisr-Ash-Shughur");
}

TEST_CASE("normalise: what cannot be used says why") {
    SourceRecord record = village();
    record.at = {36.5, 95};
    CHECK(normalise(record)->find("lat 95") != std::string::npos);
    record = village();
    record.at.lon = std::numeric_limits<double>::quiet_NaN();
    CHECK(normalise(record).has_value());
    record = village();
    record.name_ar = record.name_en = "";
    record.aliases = {"Алеппо"};
    CHECK(normalise(record)->find("no name") != std::string::npos);
    record = village();
    record.id = "a\tb";
    CHECK(normalise(record)->find("cannot be an id") != std::string::npos);
    record = village();
    record.feature = "";
    CHECK(normalise(record) == "it has no feature code");
}

TEST_CASE("usual_uncertainty: grows with the town") {
    CHECK(usual_uncertainty("PPL", 0) == Metres{500});
    CHECK(usual_uncertainty("PPL", 1'000'000) == Metres{8000});
    CHECK(usual_uncertainty("ADM1", 0) == Metres{50'000});
}

TEST_CASE("records: read back as they were written") {
    test::TempFolder const folder;
    SourceRecord first = village();
    SourceRecord second;
    second.id = "SY07";
    second.name_en = "Idleb";
    second.feature = "ADM1";
    second.codes = {"SY07", "x"};
    second.at = {36.1234567, -0.0000001};
    second.extent = {36, 35, 37.25, 36.5};
    second.uncertainty = Metres{42'000};
    auto const file = folder.file("records.tsv", record_header() + to_line(first) + to_line(second));
    RecordReader reader{file};
    SourceRecord read;
    REQUIRE(reader.next(read));
    CHECK(to_line(read) == to_line(first));
    CHECK(read.units == first.units);
    CHECK(read.extent.is_empty());
    REQUIRE(reader.next(read));
    CHECK(to_line(read) == to_line(second));
    CHECK(read.extent == second.extent);
    CHECK(read.name_ar.empty());
    CHECK_FALSE(reader.next(read));
}

TEST_CASE("records: damaged files are refused with file and line") {
    test::TempFolder const folder;
    CHECK_THROWS_AS(RecordReader{folder.file("a.tsv", "something else\n")}, InputError);
    RecordReader cells{folder.file("b.tsv", record_header() + "a\tb\n")};
    SourceRecord record;
    CHECK_THROWS_WITH_AS(cells.next(record), doctest::Contains("b.tsv:2: 2 cells"), InputError);
}

} // namespace kharita::gazetteer
