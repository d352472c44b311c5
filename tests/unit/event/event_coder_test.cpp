#include "event/event_coder.hpp"

#include <array>
#include <set>
#include <string_view>

#include <doctest/doctest.h>

#include "event/ids.hpp"
#include "shipped.hpp"

using namespace kharita;
using namespace kharita::event;

namespace {

constexpr std::string_view report = "شنت طائرات روسية، أمس، غارات على بلدات سرمين والنيرب بريف إدلب، كما "
                                    "قصفت قوات النظام بالمدفعية مدينة أريحا؛ ما "
                                    "أسفر عن مقتل طفلين.\n"
                                    "وفشلت قوات النظام في السيطرة على قرية داديخ.\n"
                                    "شنت طائرات روسية، أمس، غارات على بلدات سرمين والنيرب بريف إدلب، كما "
                                    "قصفت قوات النظام بالمدفعية مدينة أريحا؛ ما "
                                    "أسفر عن مقتل طفلين.\n";

} // namespace

TEST_CASE("EventCoder: a repeated paragraph adds nothing, and a toll stands where it belongs") {
    Document const document = coded(std::string{report}, "2020-02-04");
    REQUIRE(document.events.size() == 4);
    CHECK(place_of(document, document.events[0]) == "سرمين");
    CHECK(document.events[0].group == document.events[1].group);
    CHECK_FALSE(document.events[0].killed);
    CHECK(document.events[2].sub_event_type == "Shelling/artillery/missile attack");
    REQUIRE(document.events[2].killed);
    CHECK(document.events[2].killed->count == Count{2, 2, 2});
    CHECK(document.events[2].killed->children == 2);
    CHECK(document.events[3].modality == Modality::failed);
    CHECK(document.events[3].control_change.empty());
    for (EventGroup const& group : document.groups) {
        CHECK_FALSE(group.killed);
    }
}

TEST_CASE("EventCoder: every event says why, has an id of its own, and points at what it names") {
    Document const document = coded(std::string{report}, "2020-02-04");
    std::set<std::string> ids;
    for (Event const& event : document.events) {
        CHECK(ids.insert(event.id).second);
        CHECK(event.id.size() == 32);
        CHECK_FALSE(event.why.empty());
        CHECK_FALSE(event.date_why.empty());
        CHECK(event.confidence > 0);
        CHECK(event.confidence <= 1);
        CHECK(event.trigger.end <= document.report.text.size());
        CHECK(event.trigger.size() > 0);
        CHECK(document.groups.size() >= 1);
    }
    CHECK(coded(std::string{report}, "2020-02-04") == document);
}

TEST_CASE("EventCoder: mentions at which something happened get their role") {
    Document const document = coded(std::string{report}, "2020-02-04");
    REQUIRE(document.mentions.size() >= 4);
    CHECK(document.mentions[0].role == Role::event);
    CHECK(document.mentions[2].role == Role::scope); // بريف إدلب
    // Told again, it still is where something happened, though no second event.
    Mention const& again = document.mentions[5];
    CHECK(again.span.of(document.report.text) == "سرمين");
    CHECK(again.role == Role::event);
}

TEST_CASE("EventCoder: nothing is coded from nothing") {
    for (char const* const text : {"", ".", "قصف", "killed", "\n\n", "سراقب", "«»()", "غارات غارات غارات"}) {
        CAPTURE(text);
        CHECK(coded(text, "2020-02-04").events.empty());
        CHECK(coded(text, "").zones.empty());
    }
}

TEST_CASE("EventCoder: broken text does no harm") {
    std::string const whole{report};
    for (std::size_t cut = 0; cut < whole.size(); cut += 7) {
        CAPTURE(cut);
        Document const document = coded(whole.substr(0, cut), "2020-02-04");
        for (Event const& event : document.events) {
            CHECK(event.trigger.end <= cut);
        }
    }
}

TEST_CASE("event_id: from document, trigger, mention and ordinal, and nothing else") {
    std::string const id = event_id("d", {1, 2}, Span{3, 4}, 0);
    CHECK(id.size() == 32);
    CHECK(id == event_id("d", {1, 2}, Span{3, 4}, 0));
    CHECK(id != event_id("e", {1, 2}, Span{3, 4}, 0));
    CHECK(id != event_id("d", {1, 3}, Span{3, 4}, 0));
    CHECK(id != event_id("d", {1, 2}, Span{3, 5}, 0));
    CHECK(id != event_id("d", {1, 2}, {}, 0));
    CHECK(id != event_id("d", {1, 2}, Span{3, 4}, 1));
    CHECK(id != zone_id("d", {1, 2}, 0));
}

TEST_CASE("event coder: an attack in a text that names no place is an event of unknown place") {
    Document const document = event::coded(
        "قتل ثلاثة مدنيين وأصيب سبعة بجروح أمس عندما انفجرت سيارة مفخخة قرب سوق مزدحمة.", "2015-07-01");
    REQUIRE(document.events.size() == 1);
    CHECK_FALSE(document.events.front().mention.has_value());
    CHECK(document.events.front().sub_event_type == "Remote explosive/landmine/IED");
    CHECK(document.events.front().why.find("its place is unknown") != std::string::npos);
}

TEST_CASE("event coder: beside an attack that has a place, one without may be the same") {
    Document const document = event::coded("انفجرت سيارة مفخخة في مدينة إعزاز أمس.\n"
                                           "وأسفر تفجير سيارة مفخخة عن مقتل ثلاثة مدنيين وإصابة سبعة.",
                                           "2015-07-01");
    CHECK(document.events.size() == 1);
}

TEST_CASE(
    "event coder: a long text that tells little is no news but for what it dates itself or surely tells") {
    std::string comment;
    for (int i = 0; i < 40; ++i) {
        comment += "ويرى الكاتب أن أسعار الخبز والوقود تشغل الناس أكثر من أي شأن آخر. ";
    }
    std::string const undated = "ورأى أن غارات النظام على مدينة أريحا تشغل الناس أيضا.";
    CHECK(event::coded(comment + undated, "2020-02-04").events.empty());
    CHECK(event::coded(comment + "وقصفت قوات النظام مدينة أريحا بالمدفعية.", "2020-02-04").events.size() ==
          1);
    CHECK(event::coded(comment + "وقصفت المدفعية مدينة أريحا أمس.", "2020-02-04").events.size() == 1);
    CHECK(event::coded("قصفت المدفعية مدينة أريحا. " + comment, "2020-02-04").events.size() == 1);
    CHECK(event::coded(undated, "2020-02-04").events.size() == 1);
}

TEST_CASE("event coder: an attack with words, and one that is only spoken of, is no assault") {
    for (char const* const talk : {"هاجم النائب في مقال له سياسة الحكومة الاقتصادية في حلب ورأى أنها لا تخدم "
                                   "مصلحة الناس ولا مستقبل العلاقات بين الأحزاب.",
                                   "ويتناول الكتاب تاريخ المدينة ومعركة حلب في أدب القرن الماضي وفكره."}) {
        CAPTURE(talk);
        CHECK(event::coded(talk, "2020-02-04").events.empty());
    }
}

TEST_CASE("EventCoder: a last line that lacks its full stop is told all the same") {
    Document const document = coded("قصف الطيران الحربي مدينة إدلب أمس. ولم تسجل إصابات.\n"
                                    "وقتل خمسة مدنيين في غارات على بلدة سراقب.\n"
                                    "كما استهدف القصف مدينة الرقة وقتل ثلاثة أشخاص",
                                    "2020-02-04");
    REQUIRE(document.events.size() == 3);
    CHECK(place_of(document, document.events[2]) == "الرقة");
    REQUIRE(document.events[2].killed);
    CHECK(document.events[2].killed->count == Count{3, 3, 3});
}

TEST_CASE("EventCoder: a first line with a full stop is no headline of the next") {
    Document const document = coded("قصف الطيران الحربي مدينة إدلب أمس.\n"
                                    "وشن الطيران الحربي غارتين على بلدة سراقب أمس.",
                                    "2020-02-04");
    REQUIRE(document.events.size() == 2);
    CHECK(place_of(document, document.events[0]) == "إدلب");
    CHECK(place_of(document, document.events[1]) == "سراقب");
}

TEST_CASE("EventCoder: headlines of other reports below the text tell nothing") {
    Document const document = coded("قصف الطيران الحربي مدينة إدلب أمس.\n"
                                    "ولم تسجل إصابات في المدينة.\n"
                                    "مقتل خمسة مدنيين في غارة على سراقب\n"
                                    "انفجار سيارة مفخخة في الباب يوقع جرحى",
                                    "2020-02-04");
    REQUIRE(document.events.size() == 1);
    CHECK(place_of(document, document.events[0]) == "إدلب");
}

TEST_CASE("EventCoder: items of a list share neither days nor actors") {
    Document const document = coded("• إدلب: استهدفت مدفعية قوات النظام قرية معارة النعسان أمس.\n"
                                    "• حماة: تجدد القصف على قرية العنكاوي.\n",
                                    "2020-02-04");
    REQUIRE(document.events.size() == 2);
    CHECK(document.events[0].date == parse_date("2020-02-03"));
    CHECK(document.events[1].date == parse_date("2020-02-04"));
    CHECK(document.events[1].initiator.empty());
}

TEST_CASE("EventCoder: a killing is by arms where the text says so, else by means unknown") {
    struct Told {
        std::string_view text;
        std::string_view mode;
    };
    constexpr std::array told{
        Told{"قتل مسلحون مجهولون مدنيين اثنين في مدينة الرقة.", ""},
        Told{"قتل مدني برصاص مجهولين في مدينة الرقة.", "firearms"},
    };
    for (Told const& each : told) {
        CAPTURE(each.text);
        Document const document = coded(std::string{each.text}, "2020-02-04");
        REQUIRE(document.events.size() == 1);
        CHECK(document.events[0].sub_event_type == "Attack");
        CHECK(document.events[0].plover == "ASSAULT");
        CHECK(document.events[0].plover_mode == each.mode);
    }
}
