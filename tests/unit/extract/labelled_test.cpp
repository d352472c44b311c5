#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "extract/labelled.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using namespace kharita::extract;

namespace {

std::string message_of(test::TempFolder const& folder, std::string const& content) {
    auto const file = folder.path() / "labels.jsonl";
    std::ofstream{file} << content;
    try {
        read_labelled(file);
    } catch (InputError const& error) {
        std::string const message = error.what();
        return message.substr(message.find("labels.jsonl"));
    }
    return {};
}

} // namespace

TEST_CASE("read_labelled: what labels may hold") {
    test::TempFolder const folder;
    auto const file = folder.path() / "labels.jsonl";
    std::ofstream{file}
        << R"({"id":"a","text":"x","mentions":[{"start":0,"end":1,"role":"event","lon":null,"lat":null,)"
        << R"("sure":false}],"events":[{"start":0,"end":1,"sub_event_type":"Attack","place":null,)"
        << R"("fatalities":[3,1],"weapon":null,"initiator_id":"rus"}],"zones":[]})"
        << "\n\n"
        << R"({"id":"b","text":""})"
        << "\n";
    auto const documents = read_labelled(file);
    REQUIRE(documents.size() == 2);
    LabelledDocument const& first = documents.front();
    REQUIRE(first.mentions.size() == 1);
    CHECK_FALSE(first.mentions.front().at);
    CHECK_FALSE(first.mentions.front().sure);
    REQUIRE(first.events.size() == 1);
    CHECK(first.events.front().killed == Bounds{1, 3});
    CHECK_FALSE(first.events.front().injured);
    CHECK(first.events.front().weapon == "");
    CHECK(first.events.front().initiator == std::vector<std::string>{"rus"});
    CHECK(first.zones.has_value());
    CHECK_FALSE(documents.back().has_events);
    CHECK_FALSE(documents.back().zones);
}

TEST_CASE("read_labelled: broken lines are named") {
    test::TempFolder const folder;
    CHECK(message_of(folder, R"({"text":"x"})") ==
          R"(labels.jsonl:1: "id" is ""; expected one that no other document has)");
    CHECK(message_of(folder, "{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"a\",\"text\":\"\"}") ==
          R"(labels.jsonl:2: "id" is "a"; expected one that no other document has)");
    CHECK(message_of(folder, R"({"id":"a","text":"x","mentions":[{"start":3,"end":1}]})") ==
          "labels.jsonl:1: mentions[0]: start is 3 and end 1; expected 0 <= start <= end");
    CHECK(message_of(folder, "{").starts_with("labels.jsonl:1: no JSON: "));
}
