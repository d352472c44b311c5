#include "event/actors.hpp"

#include <doctest/doctest.h>

#include "shipped.hpp"

using namespace kharita;
using namespace kharita::event;

namespace {

std::string ids(std::vector<ActorRef> const& actors) {
    std::string all;
    for (ActorRef const& each : actors) {
        all += all.empty() ? "" : " ";
        all += each.id;
    }
    return all;
}

} // namespace

TEST_CASE("actors: who did it and to whom") {
    struct Row {
        char const* published;
        char const* sentence;
        char const* initiator;
        char const* target;
    };
    for (Row const& row : {
             Row{"2020-02-04", "قصفت القوات التركية مواقع لقوات سوريا الديمقراطية قرب تل رفعت.", "tur-mil",
                 "sdf"},
             Row{"2020-02-04", "استهدفت طائرات روسية بلدة سرمين.", "rus-mil", ""},
             Row{"2020-02-04", "كثف الطيران السوري والروسي غاراته على أريحا.", "syr-mil rus-mil", ""},
             Row{"2020-02-04", "استهدف الطيران الحربي بلدة سرمين.", "syr-mil rus-mil", ""},
             Row{"2014-02-04", "استهدف الطيران الحربي بلدة سرمين.", "syr-mil", ""},
             Row{"2014-02-04", "سيطرت جبهة النصرة على بلدة سرمين.", "nusra", ""},
             Row{"2019-02-04", "سيطرت جبهة النصرة على بلدة سرمين.", "hts", ""},
             Row{"2020-02-04", "قتل عنصران من قسد بقصف مدفعي من مواقع الجيش الوطني على عين عيسى.", "sna",
                 "sdf"},
             Row{"2020-02-04", "قصف لقوات النظام على بلدة سرمين.", "syr-mil", ""},
             Row{"2020-02-04", "Turkish artillery shelled Tell Rifaat.", "tur-mil", ""},
         }) {
        CAPTURE(row.sentence);
        Document const document = coded(row.sentence, row.published);
        REQUIRE(document.events.size() == 1);
        CHECK(ids(document.events[0].initiator) == row.initiator);
        CHECK(ids(document.events[0].target) == row.target);
    }
}

TEST_CASE("actors: an air force without owner has candidates, none of them sure") {
    Document const document = coded("استهدف الطيران الحربي بلدة سرمين.", "2020-02-04");
    REQUIRE(document.events.size() == 1);
    for (ActorRef const& each : document.events[0].initiator) {
        CHECK(each.confidence < 0.7);
    }
}

TEST_CASE("actors: a clause without subject takes the one before it, less surely") {
    Document const document =
        coded("قصفت قوات النظام بالمدفعية بلدة البارة، كما شنت غارتين على مدينة أريحا.", "2020-02-04");
    REQUIRE(document.events.size() == 2);
    CHECK(ids(document.events[1].initiator) == "syr-mil");
    CHECK(document.events[1].initiator[0].confidence < document.events[0].initiator[0].confidence);
    CHECK(document.events[1].count == Count{2, 2, 2});
}
