#include "geoparse/geoparser.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "geo/geodesic.hpp"
#include "shipped.hpp"

using namespace kharita;
using namespace kharita::geoparse;

namespace {

/// What must hold of any text: spans in order, apart, at letters; ids in order; scopes that exist.
void check_invariants(std::string const& text) {
    auto const toponyms = parse(text);
    std::size_t last = 0;
    std::set<std::string> ids;
    for (Toponym const& toponym : toponyms) {
        ids.insert(toponym.mention.id);
    }
    for (std::size_t i = 0; i < toponyms.size(); ++i) {
        Mention const& mention = toponyms[i].mention;
        CAPTURE(mention.span.of(text));
        CHECK(mention.id == "m" + std::to_string(i + 1));
        CHECK(mention.span.begin >= last);
        CHECK(mention.span.begin < mention.span.end);
        CHECK(mention.span.end <= text.size());
        // Neither end cuts a UTF-8 character.
        CHECK((static_cast<unsigned char>(text[mention.span.begin]) & 0xC0U) != 0x80U);
        CHECK((mention.span.end == text.size() ||
               (static_cast<unsigned char>(text[mention.span.end]) & 0xC0U) != 0x80U));
        last = mention.span.end;
        CHECK(mention.role != Role::event);
        CHECK_FALSE(mention.why.empty());
        CHECK((!mention.scope || ids.contains(*mention.scope)));
        CHECK(mention.scope != mention.id);
        CHECK(mention.place.has_value() == (toponyms[i].place != gazetteer::no_place));
        CHECK(mention.place.has_value() == mention.at.has_value());
        CHECK((mention.geo_precision > 0) == mention.place.has_value());
        CHECK((mention.where_prec > 0) == mention.place.has_value());
        CHECK(mention.confidence >= 0);
        CHECK(mention.confidence <= 1);
    }
}

Mention const& only(std::vector<Toponym> const& toponyms) {
    REQUIRE(toponyms.size() == 1);
    return toponyms.front().mention;
}

} // namespace

TEST_CASE("geoparser: spans are whole, in order and apart on any text") {
    for (char const* const file : {"2019-08-02-patrol.txt", "undated.txt", "reports.jsonl"}) {
        CAPTURE(file);
        std::string const text = read_file(std::filesystem::path{KHARITA_TEST_DATA} / "sample" / file);
        check_invariants(text);
        // Cut anywhere, even inside a character or a name.
        for (std::size_t size = 0; size < std::min<std::size_t>(text.size(), 600); size += 7) {
            parse(text.substr(0, size));
        }
    }
    check_invariants("");
    check_invariants("\n\n");
    check_invariants("\xFF\xFE حلب \xC3");
    check_invariants("حلب");
}

TEST_CASE("geoparser: the same text gives the same answer") {
    std::string const text = "قصف على بلدات سراقب وكنصفرة بريف إدلب، وعلى حي الكلاسة بحلب.";
    auto const first = parse(text);
    auto const second = parse(text);
    REQUIRE(first.size() == second.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        CHECK(first[i].mention == second[i].mention);
    }
}

TEST_CASE("geoparser: members of one list share its index, others do not") {
    auto const toponyms = parse("قصف بلدات سراقب ومعرة النعمان بريف إدلب، ثم انفجر لغم في مدينة الرقة.");
    REQUIRE(toponyms.size() == 4);
    CHECK(toponyms[0].list == toponyms[1].list);
    CHECK(toponyms[2].list != toponyms[0].list);
    CHECK(toponyms[3].list != toponyms[0].list);
}

TEST_CASE("geoparser: proclitics are outside the span, in the first token") {
    std::string const text = "وصلوا وبالرقة انتهوا";
    auto const toponyms = parse(text);
    CHECK(only(toponyms).span.of(text) == "الرقة");
    CHECK(toponyms.front().tokens.begin == 1);
    CHECK(toponyms.front().tokens.end == 2);
}

TEST_CASE("geoparser: every occurrence counts, repeated paragraphs too") {
    std::string const line = "انفجر لغم في مدينة الرقة.\n";
    CHECK(parse(line + line + line).size() == 3);
}

TEST_CASE("geoparser: relative places have a relation, an area and lower precision") {
    auto const near = parse("سقطت قذائف قرب مدينة سراقب.");
    Mention const& mention = only(near);
    REQUIRE(mention.relation);
    CHECK(mention.relation->kind == Relation::Kind::near);
    CHECK(mention.area);
    CHECK(mention.geo_precision == 2);
    CHECK(mention.where_prec == 2);
    CHECK(mention.uncertainty >= Metres{5000});

    auto const side = parse("سقطت قذائف شمال مدينة سراقب.");
    REQUIRE(only(side).relation);
    CHECK(only(side).relation->kind == Relation::Kind::direction);
    CHECK(only(side).relation->direction == Degrees{0});
    REQUIRE(only(side).area);
    auto const& ring = std::get<Polygon>(*only(side).area).outer;
    CHECK(ring.front() == ring.back());
    for (LonLat const at : ring) {
        CHECK(at.lat >= only(side).at->lat - 1e-6); // all of it lies north
    }

    auto const part = parse("غارات على ريف حمص الشرقي.");
    REQUIRE(only(part).relation);
    CHECK(only(part).relation->kind == Relation::Kind::part);
    CHECK(only(part).relation->direction == Degrees{90});
    CHECK(only(part).place->feature == "ADM1");
    CHECK(only(part).role == Role::other);
}

TEST_CASE("geoparser: a distance beyond reason is left out, and the reason says so") {
    auto const far = parse("انفجرت سيارة على بعد 900000000 كم شرق مدينة الرقة.");
    Mention const& mention = only(far);
    REQUIRE(mention.relation);
    CHECK(mention.relation->kind == Relation::Kind::direction);
    CHECK_FALSE(mention.relation->distance);
    CHECK(mention.why.ends_with("; the stated distance is beyond reason, and left out"));
    CHECK(geo::distance(*mention.at, mention.place->at).value < 1);
    // 1000 km are the most that is taken at its word.
    auto const most = parse("انفجرت سيارة على بعد 1000 كم شرق مدينة الرقة.");
    REQUIRE(only(most).relation);
    CHECK(only(most).relation->distance == Metres{1'000'000});
}

TEST_CASE("geoparser: a distance and a side give a point of its own") {
    auto const toponyms = parse("انفجرت سيارة على بعد عشرة كيلومترات شرق مدينة الرقة.");
    Mention const& mention = only(toponyms);
    REQUIRE(mention.relation);
    CHECK(mention.relation->kind == Relation::Kind::offset);
    CHECK(mention.relation->distance == Metres{10000});
    CHECK(mention.relation->direction == Degrees{90});
    LonLat const town = shipped_gazetteer().place(toponyms.front().place).at;
    CHECK(geo::distance(town, *mention.at).value == doctest::Approx(10000).epsilon(0.001));
    CHECK(geo::azimuth(town, *mention.at).value == doctest::Approx(90).epsilon(0.001));
    CHECK(mention.uncertainty >= Metres{2000});
}

TEST_CASE("geoparser: a distance in brackets checks the place before it") {
    auto const toponyms = parse("قصفت الطائرات بلدة عين عيسى (50 كم شمال الرقة) أمس.");
    REQUIRE(toponyms.size() == 2);
    CHECK(toponyms[0].mention.scope == "m2");
    CHECK(toponyms[0].mention.why.find("at the stated distance") != std::string::npos);
    CHECK(toponyms[1].mention.role == Role::scope);
    // As a scope the town stays where it is.
    CHECK(toponyms[1].mention.at == rounded(shipped_gazetteer().place(toponyms[1].place).at));
}

TEST_CASE("geoparser: between two places lies a corridor") {
    auto const toponyms = parse("انفجار على الطريق بين حلب وسراقب.");
    REQUIRE(toponyms.size() == 2);
    for (Toponym const& toponym : toponyms) {
        REQUIRE(toponym.mention.relation);
        CHECK(toponym.mention.relation->of == std::vector<std::string>{"m1", "m2"});
        REQUIRE(toponym.mention.area);
        auto const& ring = std::get<Polygon>(*toponym.mention.area).outer;
        CHECK(ring.size() == 5);
        double twice_area = 0; // positive for counter-clockwise rings
        for (std::size_t i = 1; i < ring.size(); ++i) {
            twice_area += ring[i - 1].lon * ring[i].lat - ring[i].lon * ring[i - 1].lat;
        }
        CHECK(twice_area > 0);
    }
}

TEST_CASE("geoparser: between states and their capitals lies no corridor") {
    for (char const* const text :
         {"يجري حوار بين عمان ودمشق.", "تعثر التقارب بين الأردن ومصر.", "اتفق بين القاهرة وحلب."}) {
        CAPTURE(text);
        for (Toponym const& toponym : parse(text)) {
            CHECK_FALSE(toponym.mention.relation);
            CHECK_FALSE(toponym.mention.area);
        }
    }
}

TEST_CASE("geoparser: a site called after a capital does not lie there") {
    auto const school = parse("انفجار في مدرسة القدس في إدلب.");
    REQUIRE(school.size() == 2);
    CHECK_FALSE(school[0].mention.place);
    // Streets of one name are in many towns.
    auto const street = parse("أغلق المحتجون شارع الثورة في مدينة الرقة.");
    REQUIRE(street.size() == 2);
    CHECK_FALSE(street[0].mention.place);
}

TEST_CASE("geoparser: villages that are listed lie together") {
    auto const toponyms = parse("قصفت المدفعية قرى الحويجة وقسطون والزيادية.");
    REQUIRE(toponyms.size() == 3);
    CHECK(toponyms[0].mention.place);
    CHECK(toponyms[1].mention.place);
    CHECK_FALSE(toponyms[2].mention.place); // the only one that the gazetteer knows lies 150 km away
}

TEST_CASE("geoparser: precision follows the kind of place") {
    // ACLED codebook, geo_precision; UCDP GED codebook, where_prec.
    CHECK(only(parse("انفجار في مدينة سراقب.")).geo_precision == 1);
    CHECK(only(parse("انفجار في مدينة سراقب.")).where_prec == 1);
    CHECK(only(parse("انفجار في محافظة حمص.")).geo_precision == 3);
    CHECK(only(parse("انفجار في محافظة حمص.")).where_prec == 4);
    CHECK(only(parse("انفجار في لبنان.")).where_prec == 6);
}

TEST_CASE("geoparser: an unknown name is said to be unknown, with its scope") {
    auto const toponyms = parse("قصف الطيران قرية شمبريق بريف إدلب.");
    REQUIRE(toponyms.size() == 2);
    Mention const& mention = toponyms.front().mention;
    CHECK_FALSE(mention.place);
    CHECK(mention.why.find("not in the gazetteer") == 0);
    CHECK(mention.scope == "m2");
    CHECK(mention.confidence == 0);
}

TEST_CASE("geoparser: links to other reports are no part of a report") {
    std::string const text = "انفجر لغم في مدينة الرقة.\n\nأصيب رجل في مدينة سراقب.\n\n"
                             "اقرأ أيضا: مؤتمر في موسكو\n\nأسعار الخبز في دمشق\n";
    CHECK(parse(text).size() == 2);
}

TEST_CASE("geoparser: between is a space between two towns, not what two governments have") {
    auto const towns = parse("قصفت المدفعية منطقة بين مدينة سراقب وقرية معردبسة.");
    REQUIRE(towns.size() == 2);
    for (Toponym const& each : towns) {
        REQUIRE(each.mention.relation);
        CHECK(each.mention.relation->kind == Relation::Kind::between);
        CHECK(each.mention.relation->of.size() == 2);
    }
    for (char const* const text :
         {"حوار بين إيران وروسيا.", "تنقل المبعوث بين موسكو والرياض.", "هدنة بين الزبداني والفوعة.",
          "سافروا بين سراقب ونيويورك.", "التنسيق القائم بين حماة ودرعا."}) {
        CAPTURE(text);
        auto const parties = parse(text);
        REQUIRE(parties.size() == 2);
        for (Toponym const& each : parties) {
            CHECK_FALSE(each.mention.relation);
        }
    }
}

TEST_CASE("geoparser: a town for its province or for a base, a plain, a region are no exact points") {
    struct Row {
        char const* text = "";
        int geo_precision = 0;
        int where_prec = 0;
    };
    for (Row const& row :
         {Row{"انفجرت قنبلة في مدينة سراقب.", 1, 1}, Row{"دارت معارك في سهل الغاب.", 2, 2},
          Row{"اندلع حريق في محافظة شرورة.", 3, 4}, Row{"شن الطيران غارات حول كوباني.", 2, 2},
          Row{"عم الهدوء الشرق الأوسط.", 3, 6}, Row{"غرق قارب في البحر المتوسط.", 3, 5}}) {
        CAPTURE(row.text);
        auto const toponyms = parse(row.text);
        Mention const& mention = only(toponyms);
        CHECK(mention.geo_precision == row.geo_precision);
        CHECK(mention.where_prec == row.where_prec);
    }
    auto const seat = parse("اندلع حريق في محافظة شرورة.");
    CHECK(only(seat).why.find("type word agrees") == std::string::npos);
    CHECK(only(seat).uncertainty->value >= 40000);
}

TEST_CASE("geoparser: confidence tells sure places from doubtful ones") {
    auto const sure = [](char const* text) { return parse(text).front().mention.confidence; };
    constexpr double doubtful = 0.8;
    CHECK(sure("قصفت المدفعية بلدة سراقب بريف إدلب.") > 0.95);
    CHECK(sure("دخلت القافلة مدينة درعا.") > 0.95);
    CHECK(sure("عاد الهدوء إلى حماة.") < doubtful);        // the city or its province?
    CHECK(sure("اندلع حريق في محافظة شرورة.") < doubtful); // known as a town alone
}
