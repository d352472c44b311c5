#include <string>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "geoparse/cues.hpp"
#include "geoparse/senses.hpp"
#include "geoparse/weights.hpp"
#include "support/temp_folder.hpp"

using namespace kharita;
using namespace kharita::geoparse;

namespace {

std::filesystem::path const root{KHARITA_SOURCE_DIR};

CueTable const& cues() {
    static CueTable const table = CueTable::load(root / "gazetteer/vocabulary/geoparse");
    return table;
}

std::string message_of(auto&& call) {
    try {
        call();
    } catch (InputError const& error) {
        return error.what();
    }
    return "no error";
}

} // namespace

TEST_CASE("cue table: proclitics are read off, the longest phrase wins") {
    text::TokenizedText const text{"وبالقرب من القرية"};
    auto const hit = cues().longest_at(text, 0);
    REQUIRE(hit);
    CHECK(hit->tokens.size() == 2);
    CHECK(hit->clitics.conjunction);
    CHECK(hit->word->nearness == Nearness::near);
}

TEST_CASE("cue table: verbs are found in both tenses and genders") {
    for (char const* const verb : {"أعلن", "أعلنت", "يعلن", "تعلن", "ستعلن"}) {
        CAPTURE(verb);
        text::TokenizedText const text{verb};
        auto const hit = cues().longest_at(text, 0);
        REQUIRE(hit);
        CHECK(hit->word->acts);
    }
}

TEST_CASE("cue table: a common word has a prior below one half") {
    CHECK(cues().common_prior(text::fold_key("الزكاة")).value_or(1) < 0.5);
    CHECK_FALSE(cues().common_prior(text::fold_key("خان شيخون")));
}

TEST_CASE("weights: an unknown, a repeated and a missing feature are named") {
    test::TempFolder const folder;
    std::string const shipped = read_file(root / "schemas/geoparse/weights.tsv");
    auto file = folder.file("unknown.tsv", shipped + "name_colour\t1\tno such thing\n");
    CHECK(message_of([&] { Weights::load(file); }).find("unknown feature \"name_colour\"") !=
          std::string::npos);
    file = folder.file("twice.tsv", shipped + "name_bias\t1\tagain\n");
    CHECK(message_of([&] { Weights::load(file); }).find("stands twice") != std::string::npos);
    file = folder.file("missing.tsv", "feature\tweight\tmeaning\nname_bias\t1\tx\n");
    CHECK(message_of([&] { Weights::load(file); }).find("no weight for feature") != std::string::npos);
}

TEST_CASE("senses: a missing setting is named") {
    test::TempFolder const folder;
    auto const file = folder.file(
        "senses.tsv",
        "setting\tcountry\tadmin1\tadmin2\tadmin3\tsettlement\tneighbourhood\tfacility\tnatural\tline"
        "\tregion\nbare\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n");
    CHECK(message_of([&] { Senses::load(file); }).find("bare_latin") != std::string::npos);
}
