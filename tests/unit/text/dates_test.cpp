#include "text/dates.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "model/date.hpp"

using namespace kharita;
using namespace kharita::text;

namespace {

DateVocabulary const& vocabulary() {
    static DateVocabulary const loaded =
        DateVocabulary::load(std::filesystem::path{KHARITA_SOURCE_DIR} / "gazetteer" / "vocabulary");
    return loaded;
}

std::vector<DateMention> find(TokenizedText const& text, std::string_view published) {
    return find_dates(text, parse_date(published), vocabulary());
}

/// "words=first..last/precision[h] | …"; one day is written once, "?" where nothing is known.
std::string dates(std::string_view source, std::string_view published = "2019-08-01") {
    TokenizedText const text{source};
    std::string all;
    for (DateMention const& mention : find(text, published)) {
        all += all.empty() ? "" : " | ";
        all += std::string{text.span(mention.tokens).of(source)} + "=";
        all += mention.first ? to_string(*mention.first) : "?";
        if (mention.last && mention.last != mention.first) {
            all += ".." + to_string(*mention.last);
        }
        all += "/" + std::to_string(mention.time_precision);
        all += mention.historical ? "h" : "";
    }
    return all;
}

std::string why(std::string_view source, std::string_view published = "2019-08-01") {
    TokenizedText const text{source};
    auto const found = find(text, published);
    return found.empty() ? "" : found[0].why;
}

struct Row {
    char const* text = nullptr;
    char const* expected = nullptr;
};

} // namespace

// 2019-08-01 is a Thursday.

TEST_CASE("find_dates: days counted from publication") {
    for (Row const& row : {
             Row{"سقطت قذائف أمس على الحي", "أمس=2019-07-31/1"},
             {"وقعت بالأمس", "بالأمس=2019-07-31/1"},
             {"أول من أمس", "أول من أمس=2019-07-30/1"},
             {"أمس الأول", "أمس الأول=2019-07-30/1"},
             {"أول أمس", "أول أمس=2019-07-30/1"},
             {"البارحة", "البارحة=2019-07-31/1"},
             {"الليلة الماضية", "الليلة الماضية=2019-07-31/1"},
             {"وصل اليوم", "اليوم=2019-08-01/1"},
             {"يجتمعون غداً", "غداً=2019-08-02/1"},
             {"بعد غد", "بعد غد=2019-08-03/1"},
             {"فجر اليوم", "فجر اليوم=2019-08-01/1"},
             {"مساء أمس وفجر اليوم", "مساء أمس=2019-07-31/1 | وفجر اليوم=2019-08-01/1"},
             {"يوم أمس", "يوم أمس=2019-07-31/1"},
             {"أمس صباحاً", "أمس صباحاً=2019-07-31/1"},
             {"killed yesterday", "yesterday=2019-07-31/1"},
             {"yesterday morning", "yesterday morning=2019-07-31/1"},
             {"today", "today=2019-08-01/1"},
             {"last night", "last night=2019-07-31/1"},
             {"the day before yesterday", "the day before yesterday=2019-07-30/1"},
             // The day of something else.
             {"في اليوم التالي", ""},
             {"في اليوم نفسه", ""},
             {"وما زال الحصار قائماً حتى اليوم", ""},
             {"وفي ذلك اليوم", ""},
             {"نقلت قناة روسيا اليوم أمس", "أمس=2019-07-31/1"},
             {"حتى اليوم الخميس", "الخميس=2019-08-01/1"},
             {"الخط الأمامي", ""},
         }) {
        CAPTURE(row.text);
        CHECK(dates(row.text) == row.expected);
    }
}

TEST_CASE("find_dates: weekdays, alone and as checksums") {
    for (Row const& row : {
             Row{"أمس (الأربعاء)", "أمس (الأربعاء)=2019-07-31/1"},
             {"أمس الأربعاء", "أمس الأربعاء=2019-07-31/1"},
             {"يوم أمس، الأربعاء", "يوم أمس، الأربعاء=2019-07-31/1"},
             {"مساء اليوم الخميس", "مساء اليوم الخميس=2019-08-01/1"},
             {"اليوم الأحد", "اليوم الأحد=?/1"},
             {"أمس (الاثنين)", "أمس (الاثنين)=?/1"},
             {"يوم الثلاثاء", "يوم الثلاثاء=2019-07-30/1"},
             {"فجر الجمعة", "فجر الجمعة=2019-07-26/1"},
             {"الخميس", "الخميس=2019-08-01/1"},
             {"الخميس الماضي", "الخميس الماضي=2019-07-25/1"},
             {"الأربعاء الماضي", "الأربعاء الماضي=2019-07-31/1"},
             {"الأحد المقبل", "الأحد المقبل=2019-08-04/1"},
             {"on Wednesday", "Wednesday=2019-07-31/1"},
             {"last Friday", "last Friday=2019-07-26/1"},
             {"next Monday", "next Monday=2019-08-05/1"},
             {"Sunday evening", "Sunday evening=2019-07-28/1"},
             {"اثنين من المدنيين", ""},
             {"في أمس، الاثنين عاد", "أمس=2019-07-31/1 | الاثنين=2019-07-29/1"},
         }) {
        CAPTURE(row.text);
        CHECK(dates(row.text) == row.expected);
    }
    CHECK(why("أمس (الأربعاء)") == "«أمس» = the day before publication; «الأربعاء» agrees");
    CHECK(why("الأربعاء 31 تموز 2019") == "«31 تموز 2019» as written; «الأربعاء» agrees");
    CHECK(why("اليوم (الأربعاء)") ==
          "«اليوم» = the day of publication; «الأربعاء» says that it was written a day before");
    CHECK(dates("اليوم (الأربعاء)") == "اليوم (الأربعاء)=2019-07-31/1");
    // All relative days of a report are counted from the day that it was written.
    CHECK(dates("اليوم (الأربعاء) وقال أمس وفي 12 تموز") ==
          "اليوم (الأربعاء)=2019-07-31/1 | أمس=2019-07-30/1 | 12 تموز=2019-07-12/1");
    CHECK(dates("اليوم (الخميس) وقال أمس") == "اليوم (الخميس)=2019-08-01/1 | أمس=2019-07-31/1");
    CHECK(dates("اليوم (الأربعاء) وقال أمس (الأربعاء) وكان أمس") ==
          "اليوم (الأربعاء)=2019-07-31/1 | أمس (الأربعاء)=2019-07-31/1 | أمس=2019-07-31/1");
    CHECK(why("اليوم الأحد") == "«اليوم» = the day of publication; «الأحد» disagrees");
}

TEST_CASE("find_dates: days of the calendar") {
    for (Row const& row : {
             Row{"31 تموز 2019", "31 تموز 2019=2019-07-31/1"},
             {"في 31 تموز", "31 تموز=2019-07-31/1"},
             {"5 أيلول", "5 أيلول=2018-09-05/1"},
             {"5 أيلول المقبل", "5 أيلول المقبل=2019-09-05/1"},
             {"12 كانون الثاني 2019", "12 كانون الثاني 2019=2019-01-12/1"},
             {"3 آب/أغسطس 2018", "3 آب/أغسطس 2018=2018-08-03/1"},
             {"3 آب (أغسطس) 2018", "3 آب (أغسطس) 2018=2018-08-03/1"},
             {"14 جويلية", "14 جويلية=2019-07-14/1"},
             {"١٤ مارس ٢٠١٩", "١٤ مارس ٢٠١٩=2019-03-14/1"},
             {"الـ15 من آذار", "الـ15 من آذار=2019-03-15/1"},
             {"الخامس عشر من شهر آذار", "الخامس عشر من شهر آذار=2019-03-15/1"},
             {"الأربعاء 31 تموز", "الأربعاء 31 تموز=2019-07-31/1"},
             {"أمس الأربعاء 31 تموز/يوليو", "أمس الأربعاء 31 تموز/يوليو=2019-07-31/1"},
             {"الأحد 31 تموز 2019", "الأحد 31 تموز 2019=?/1"},
             {"31 نيسان 2019", "31 نيسان 2019=?/1"},
             {"on 31 July 2019", "31 July 2019=2019-07-31/1"},
             {"July 31, 2019", "July 31, 2019=2019-07-31/1"},
             {"Wednesday, July 31,", "Wednesday, July 31=2019-07-31/1"},
             {"the 2nd of June", "the 2nd of June=2019-06-02/1"},
             {"22-02-2019", "22-02-2019=2019-02-22/1"},
             {"2/11/2018", "2/11/2018=2018-11-02/1"},
             {"2/25/2019", "2/25/2019=2019-02-25/1"},
             {"2019-07-15", "2019-07-15=2019-07-15/1"},
             {"15.7.2019", "15.7.2019=2019-07-15/1"},
             {"3 آذار 2011", "3 آذار 2011=2011-03-03/1h"},
             {"12-13-14", ""},
             {"45 تموز", "تموز=?"},
             {"99-99-2019", ""},
         }) {
        CAPTURE(row.text);
        if (std::string_view{row.expected} == "تموز=?") {
            CHECK(dates(row.text).empty());
        } else {
            CHECK(dates(row.text) == row.expected);
        }
    }
    CHECK(dates("29 شباط", "2019-03-01") == "29 شباط=2016-02-29/1h");
}

TEST_CASE("find_dates: months and years") {
    for (Row const& row : {
             Row{"آب 2013", "آب 2013=2013-08-01..2013-08-31/3h"},
             {"في آذار", "آذار=2019-03-01..2019-03-31/3"},
             {"تموز الماضي", "تموز الماضي=2019-07-01..2019-07-31/3"},
             {"كانون الأول/ديسمبر 2018", "كانون الأول/ديسمبر 2018=2018-12-01..2018-12-31/3"},
             {"عام 2012", "عام 2012=2012-01-01..2012-12-31/3h"},
             {"منذ عام 2011", "عام 2011=2011-01-01..2011-12-31/3h"},
             {"العام 2019", "العام 2019=2019-01-01..2019-12-31/3"},
             {"in March", "March=2019-03-01..2019-03-31/3"},
             {"in 2015,", "2015=2015-01-01..2015-12-31/3h"},
             {"in 2015 homes", ""},
             {"مارس ضغوطا", ""},
             {"في باب الدار", ""},
             {"they may go", ""},
             {"they march", ""},
         }) {
        CAPTURE(row.text);
        CHECK(dates(row.text) == row.expected);
    }
}

TEST_CASE("find_dates: lengths of time") {
    for (Row const& row : {
             Row{"خلال الـ24 ساعة الماضية", "خلال الـ24 ساعة الماضية=2019-07-31..2019-08-01/2"},
             {"خلال الساعات الـ48 الماضية", "خلال الساعات الـ48 الماضية=2019-07-30..2019-08-01/2"},
             {"منذ ثلاثة أيام", "منذ ثلاثة أيام=2019-07-29..2019-08-01/2"},
             {"منذ يومين", "منذ يومين=2019-07-30..2019-08-01/2"},
             {"قبل يومين", "قبل يومين=2019-07-30/1"},
             {"قبل خمسة أيام", "قبل خمسة أيام=2019-07-27/1"},
             {"قبل أسبوعين", "قبل أسبوعين=2019-07-18/2"},
             {"الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية=2019-07-29..2019-08-01/2"},
             {"الأسبوع الماضي", "الأسبوع الماضي=2019-07-25..2019-07-31/2"},
             {"خلال الأسبوع الجاري", "خلال الأسبوع الجاري=2019-07-26..2019-08-01/2"},
             {"الشهر الماضي", "الشهر الماضي=2019-07-01..2019-07-31/3"},
             {"هذا الشهر", "هذا الشهر=2019-08-01/3"},
             {"العام الماضي", "العام الماضي=2018-01-01..2018-12-31/3h"},
             {"قبل ثلاثة أعوام", "قبل ثلاثة أعوام=2016-01-01..2016-12-31/3h"},
             {"منذ ثلاثة أشهر", "منذ ثلاثة أشهر=2019-05-01..2019-08-01/3"},
             {"منذ أيام", "منذ أيام=?/2"},
             {"two days ago", "two days ago=2019-07-30/1"},
             {"last week", "last week=2019-07-25..2019-07-31/2"},
             {"in the past 24 hours", "in the past 24 hours=2019-07-31..2019-08-01/2"},
             {"last year", "last year=2018-01-01..2018-12-31/3h"},
             {"منذ بداية الشهر", "منذ بداية الشهر=2019-08-01/3"},
             {"منذ مطلع العام الجاري", "منذ مطلع العام الجاري=2019-01-01..2019-08-01/3"},
             {"منذ بداية الأسبوع", "منذ بداية الأسبوع=2019-07-28..2019-08-01/2"}, // the Sunday before
             // Ranges of days and months.
             {"بين 3 إلى 5 تموز", "3 إلى 5 تموز=2019-07-03..2019-07-05/2"},
             {"3-5 تموز 2018", "3-5 تموز 2018=2018-07-03..2018-07-05/2h"},
             {"3–5 تموز", "3–5 تموز=2019-07-03..2019-07-05/2"},
             {"3 to 5 July", "3 to 5 July=2019-07-03..2019-07-05/2"},
             {"5-3 تموز", "3 تموز=2019-07-03/1"},
             {"بين أيلول وكانون الثاني الماضيين", "أيلول وكانون الثاني الماضيين=2018-09-01..2019-01-31/3"},
             {"من آذار إلى أيار 2014", "آذار إلى أيار 2014=2014-03-01..2014-05-31/3h"},
             // Lengths that are not counted from publication.
             {"استمرت ثلاثة أيام", ""},
             {"قبل ثلاثة أيام من الاجتماع", ""},
             {"قبل يوم الأحد", "يوم الأحد=2019-07-28/1"},
         }) {
        CAPTURE(row.text);
        CHECK(dates(row.text) == row.expected);
    }
}

TEST_CASE("find_dates: days told by another, by the running month, by an anniversary") {
    for (Row const& row : {
             Row{"أول من أمس، وفي الليلة نفسها", "أول من أمس=2019-07-30/1 | الليلة نفسها=2019-07-30/1"},
             Row{"في 15 تموز، وفي اليوم التالي", "15 تموز=2019-07-15/1 | اليوم التالي=2019-07-16/1"},
             Row{"في اليوم التالي", ""},
             Row{"on Monday. The next day", "Monday=2019-07-29/1 | The next day=2019-07-30/1"},
             Row{"في الثامن من الشهر الماضي", "الثامن من الشهر الماضي=2019-07-08/1"},
             Row{"في الـ8 من الشهر الماضي", "الـ8 من الشهر الماضي=2019-07-08/1"},
             Row{"في الأول من الشهر الجاري", "الأول من الشهر الجاري=2019-08-01/1"},
             Row{"الذكرى العاشرة لهجوم 7 تموز", "7 تموز=2009-07-07/1h"},
             Row{"الذكرى السنوية الثانية عشرة لهجوم 7 تموز", "7 تموز=2007-07-07/1h"},
             Row{"أمس (الأول)", "أمس (الأول)=2019-07-30/1"},
             Row{"الليل قبل الماضي", "الليل قبل الماضي=2019-07-30/1"},
             Row{"منذ ساعات الصباح", "منذ ساعات الصباح=2019-08-01/2"},
             Row{"منذ ساعات فجر أمس", "فجر أمس=2019-07-31/1"},
             Row{"وفي 2013، وقع", "2013=2013-01-01..2013-12-31/3h"},
             Row{"في 2013 منزلا", ""},
         }) {
        CAPTURE(row.text);
        CHECK(dates(row.text) == row.expected);
    }
}

TEST_CASE("find_dates: an undated report") {
    CHECK(dates("أمس", "") == "أمس=?/1");
    CHECK(dates("الأربعاء", "") == "الأربعاء=?/1");
    CHECK(dates("31 تموز", "") == "31 تموز=?/1");
    CHECK(dates("31 تموز 2019", "") == "31 تموز 2019=2019-07-31/1");
    CHECK(dates("أمس 31 تموز 2019", "") == "أمس 31 تموز 2019=2019-07-31/1");
    CHECK(dates("الشهر الماضي", "") == "الشهر الماضي=?/3");
    CHECK(why("أمس", "").find("undated") != std::string::npos);
    CHECK(dates("", "").empty());
}

TEST_CASE("find_dates: from one day to another, seasons, hours that are not counted") {
    for (Row const& row : {
             Row{"بين العاشر والرابع عشر من تموز", "العاشر والرابع عشر من تموز=2019-07-10..2019-07-14/2"},
             Row{"بين 3 و7 تموز", "3 و7 تموز=2019-07-03..2019-07-07/2"},
             Row{"between 5 and 9 July", "5 and 9 July=2019-07-05..2019-07-09/2"},
             Row{"في صيف 2014", "صيف 2014=2014-06-01..2014-08-31/3h"},
             Row{"في ربيع عام 2015", "ربيع عام 2015=2015-03-01..2015-05-31/3h"},
             Row{"خلال الساعات الماضية", "خلال الساعات الماضية=2019-07-31..2019-08-01/2"},
         }) {
        CHECK(dates(row.text) == row.expected);
    }
}

TEST_CASE("find_dates: mentions are in order and do not overlap, whatever the text") {
    constexpr std::array pieces{"أمس", "(",    "الأربعاء", ")",   "31",  "تموز",   "2019", "،",
                                "منذ", "أيام", "ثلاثة",    "في",  "عام", "الماضي", "يوم",  "-",
                                "/",   "last", "week",     "\n",  "من",  "الـ",    "24",   "ساعة",
                                "of",  "July", "st",       "ago", "قبل", "غد"};
    std::uint32_t state = 12345;
    auto const random = [&] {
        state = state * 1664525U + 1013904223U;
        return state >> 8U;
    };
    for (int round = 0; round < 3000; ++round) {
        std::string source;
        for (std::size_t i = random() % 14; i > 0; --i) {
            source += pieces[random() % std::size(pieces)];
            source += random() % 4 == 0 ? "" : " ";
        }
        CAPTURE(source);
        TokenizedText const text{source};
        std::size_t last = 0;
        for (DateMention const& mention : find(text, round % 3 == 0 ? "" : "2019-08-01")) {
            CHECK(mention.tokens.begin >= last);
            CHECK(mention.tokens.end > mention.tokens.begin);
            CHECK(mention.tokens.end <= text.size());
            CHECK(mention.first.has_value() == mention.last.has_value());
            if (mention.first) {
                CHECK(*mention.first <= *mention.last);
            }
            CHECK_FALSE(mention.why.empty());
            last = mention.tokens.end;
        }
    }
}
