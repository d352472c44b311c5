#include "overlay/config.hpp"

#include <filesystem>
#include <initializer_list>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using overlay::Config;

namespace {

std::filesystem::path const shipped{KHARITA_SOURCE_DIR "/schemas/overlay.json"};

/// What loading says when one piece of the shipped file is replaced.
std::string message(std::string_view find, std::string_view replacement) {
    std::string text = read_file(shipped);
    auto const at = text.find(find);
    REQUIRE(at != std::string::npos);
    text.replace(at, find.size(), replacement);
    kharita::test::TempFolder const folder;
    auto const file = folder.file("overlay.json", text);
    try {
        Config::load(file);
        return {};
    } catch (InputError const& error) {
        return error.what();
    }
}

} // namespace

TEST_CASE("Config: the shipped file") {
    Config const config = Config::load(shipped);
    CHECK(config.default_depth_km[static_cast<std::size_t>(ZoneKind::safe_zone)] == 30.0);
    CHECK_FALSE(config.default_depth_km[static_cast<std::size_t>(ZoneKind::no_fly)].has_value());
    CHECK(config.reach == Metres{15'000});
    CHECK(config.are_rivals("syr-mil", "opp"));
    CHECK(config.are_rivals("opp", "syr-mil"));
    CHECK_FALSE(config.are_rivals("opp", "sna"));
    CHECK_FALSE(config.are_rivals("opp", "opp"));
    CHECK(config.party_of("nobody") == "nobody");
    CHECK(config.party_of("hts") == "opp");
    CHECK(config.party_of("unidentified").empty());
}

TEST_CASE("Config: mistakes name the file and the member") {
    CHECK(message("\"reach_km\": 15", "\"reach_km\": -1").find("control.reach_km is -1") !=
          std::string::npos);
    CHECK(message("\"reach_km\": 15", "\"reach\": 15").find("no \"reach_km\" in the file.control") !=
          std::string::npos);
    CHECK(
        message("\"contested_days\": 3", "\"contested_days\": 3, \"colour\": 1").find("unknown \"colour\"") !=
        std::string::npos);
    CHECK(message("\"safe_zone\": 30", "\"save_zone\": 30").find("\"save_zone\" is no kind of zone") !=
          std::string::npos);
    CHECK(message("[\"opp\", \"syr-mil\"]", "[\"opp\"]").find("frontline.rivals") != std::string::npos);
    CHECK(message("\"smoothing_rounds\": 2", "\"smoothing_rounds\": 2.5").find("whole number") !=
          std::string::npos);
    CHECK(message("\"frontline\": {", "\"frontline\": ").find("overlay.json") != std::string::npos);
}

TEST_CASE("Config: an actor acts for the highest of its parents") {
    kharita::test::TempFolder const folder;
    // Of a table of actors the ids and, in the ninth column, the parents.
    auto const table = [&](std::initializer_list<std::pair<char const*, char const*>> rows) {
        std::string text = "id\tname\taliases\tfrom\tto\tcountry\tinter\tplover\tparent\tbranch\tnote\n";
        for (auto const& [id, parent] : rows) {
            text += std::string{id} + "\t\t\t\t\t\t1\t\t" + parent + "\t\t\n";
        }
        return folder.file("actors.tsv", text);
    };
    auto const file =
        table({{"gov", ""}, {"army", "gov"}, {"tigers", "army"}, {"nlf", "rebels"}, {"rebels", ""}});
    Config config;
    config.parties = {{"rebels", "opp"}};
    config.add_parents(file);
    CHECK(config.party_of("tigers") == "gov");
    CHECK(config.party_of("gov") == "gov");
    CHECK(config.party_of("nlf") == "opp");
    CHECK_THROWS_WITH_AS(Config{}.add_parents(table({{"a", "b"}, {"b", "a"}})),
                         doctest::Contains("go round in a circle"), InputError);
    CHECK_THROWS_WITH_AS(Config{}.add_parents(folder.file("short.tsv", "id\tparent\na\n")),
                         doctest::Contains("short.tsv:1: the header is"), InputError);
}
