#include "text/hijri.hpp"

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "text/dates.hpp"

using namespace kharita;
using namespace kharita::text;

namespace {

/// "first[..last]/precision" of the first date in a text, "-" without.
std::string date(std::string_view source, std::string_view published = "2015-08-12") {
    static DateVocabulary const vocabulary =
        DateVocabulary::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer" / "vocabulary");
    TokenizedText const text{source};
    auto const found = find_dates(text, parse_date(published), vocabulary);
    if (found.empty() || !found.front().first) {
        return "-";
    }
    DateMention const& mention = found.front();
    std::string const last = mention.last != mention.first ? ".." + to_string(*mention.last) : "";
    return to_string(*mention.first) + last + "/" + std::to_string(mention.time_precision);
}

} // namespace

// Expected values: Calendrical Calculations, "Islamic Calendar", sample data; and by hand from the cycle of
// 30 years.
TEST_CASE("from_hijri: the tabular calendar") {
    CHECK(to_string(from_hijri({1, 1, 1})) == "0622-07-19");
    CHECK(to_string(from_hijri({1364, 12, 6})) == "1945-11-12");
    CHECK(to_string(from_hijri({1416, 10, 5})) == "1996-02-25");
    CHECK(to_string(from_hijri({1436, 10, 26})) == "2015-08-12");
    CHECK(to_string(from_hijri({1440, 9, 1})) == "2019-05-06");
}

TEST_CASE("to_hijri: takes every day back") {
    Date day = from_hijri({1399, 12, 1});
    HijriDate before = to_hijri(day);
    CHECK(before == HijriDate{1399, 12, 1});
    for (int i = 0; i < 12000; ++i) {
        day += std::chrono::days{1};
        HijriDate const date = to_hijri(day);
        REQUIRE(from_hijri(date) == day);
        bool const next_day = date.day == before.day + 1 && date.month == before.month;
        bool const next_month = date.day == 1 && before.day == days_in_hijri_month(before.year, before.month);
        REQUIRE((next_day || next_month));
        before = date;
    }
}

TEST_CASE("find_dates: days of the Islamic calendar, a day either way") {
    CHECK(date("وقع الهجوم في 26 شوال 1436 هـ") == "2015-08-11..2015-08-13/2");
    CHECK(date("وقع الهجوم في 26/10/1436هـ") == "2015-08-11..2015-08-13/2");
    CHECK(date("وقع الهجوم في الخامس من رمضان") == "2015-06-21..2015-06-23/2");
}

TEST_CASE("find_dates: a weekday or the Gregorian day beside it says which day") {
    CHECK(date("الثلاثاء 26 شوال 1436 هـ") == "2015-08-11/1");
    CHECK(date("6 رجب 1437 هـ الموافق 13 نيسان 2016") == "2016-04-13/1");
    CHECK(date("6 رجب 1437 (13 نيسان 2016)") == "2016-04-13/1");
}

TEST_CASE("find_dates: months of the Islamic calendar") {
    CHECK(date("في رمضان 1436") == "2015-06-18..2015-07-17/3");
    CHECK(date("خلال شهر رمضان الماضي") == "2015-06-18..2015-07-17/3");
}

TEST_CASE("find_dates: what only looks like a day of the Islamic calendar") {
    CHECK(date("فاز الفريق 3 صفر") == "-");
    CHECK(date("قتل 2 شعبان") == "-");
    CHECK(date("26 شوال 2436 هـ", "") == "-");
}

// 1 Ramadan 1440 is 6 May 2019, so 1 Shawwal is 5 June and 10 Dhu al-Hijja is 12 August.
TEST_CASE("find_dates: days of the feasts, of the latest one not after publication") {
    CHECK(date("قصف البلدة أول أيام عيد الأضحى", "2019-08-14") == "2019-08-11..2019-08-13/2");
    CHECK(date("قصف البلدة في ثاني أيام عيد الفطر", "2019-06-07") == "2019-06-05..2019-06-07/2");
    CHECK(date("قصف البلدة في اليوم الثالث من عيد الأضحى", "2019-08-14") == "2019-08-13..2019-08-14/2");
    CHECK(date("قصف البلدة أول أيام العيد", "2019-08-14") == "2019-08-11..2019-08-13/2");
    CHECK(date("The town was shelled on the first day of Eid al-Fitr", "2019-06-07") ==
          "2019-06-04..2019-06-06/2");
    CHECK(date("قصف البلدة في عيد الفطر", "2020-02-04") == "2019-06-04..2019-06-08/2");
    CHECK(date("بعد العيد بأيام", "2019-08-14") == "-");
}
