#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/spelling.hpp"
#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

constexpr std::string_view more_rows =
    "q-latmin\tلطمين\tLatmin\t\tPPL\tSYR\t36.5\t35.3\t1000\t\t1\t\n"
    "q-qasmin\tقسمين\tQasmin\t\tPPL\tSYR\t35.9\t35.6\t1000\t\t1\t\n"
    "q-husayn\tحسين\tHusayn\t\tPPL\tSYR\t35.9\t35.7\t1000\t\t1\t\n"
    "q-sanamayn\tالصنمين\tal-Sanamayn\tSanamein\tPPL\tSYR\t36.18\t33.07\t1000\t\t3\t\n"
    "q-zahra\tالزهراء\tal-Zahra\t\tPPL\tSYR\t37\t36.3\t1000\t\t2\t\n";

Gazetteer const& sample() {
    static Gazetteer const loaded = [] {
        TemporaryFolder const folder;
        folder.write("sample.tsv", std::string{header} + std::string{sample_rows} + std::string{more_rows});
        return Gazetteer::load(folder.path());
    }();
    return loaded;
}

std::string ids(std::vector<Candidate> const& candidates) {
    constexpr std::string_view kinds = "efajz"; // exact, folded, article, joined, fuzzy
    std::string all;
    for (Candidate const& candidate : candidates) {
        all += all.empty() ? "" : " ";
        all += sample().place(candidate.place).id + ":" + kinds[static_cast<std::size_t>(candidate.kind)];
    }
    return all;
}

std::string fuzzy(std::string_view source) {
    text::TokenizedText const text{source};
    return ids(sample().fuzzy(text, {0, text.size()}));
}

} // namespace

TEST_CASE("is_within_one_edit") {
    CHECK(is_within_one_edit("abcd", "abcd"));
    CHECK(is_within_one_edit("abcd", "abd"));
    CHECK(is_within_one_edit("abcd", "abcde"));
    CHECK(is_within_one_edit("abcd", "abxd"));
    CHECK(is_within_one_edit("abcd", "acbd"));
    CHECK_FALSE(is_within_one_edit("abcd", "xbcd")); // the first letter
    CHECK_FALSE(is_within_one_edit("abcd", "bcd"));
    CHECK_FALSE(is_within_one_edit("abcd", "bacd"));
    CHECK_FALSE(is_within_one_edit("abcd", "axxd"));
    CHECK_FALSE(is_within_one_edit("abcd", "abcdef"));
    CHECK(is_within_one_edit("", ""));
    CHECK_FALSE(is_within_one_edit("", "a"));
}

TEST_CASE("spelling_skeleton: doubled letters and endings") {
    using text::fold_key;
    CHECK(spelling_skeleton(fold_key("زهراء")) == fold_key("زهر"));
    CHECK(spelling_skeleton(fold_key("زهره")) == fold_key("زهر"));
    CHECK(spelling_skeleton(fold_key("زهرا")) == fold_key("زهر"));
    CHECK(spelling_skeleton("sanammeh") == "sanam");
    CHECK(spelling_skeleton("hama") == "ham");
    CHECK(spelling_skeleton(fold_key("لها")) == fold_key("لها"));
}

TEST_CASE("fuzzy: misspelt names of five letters and more") {
    CHECK(fuzzy("المسيفرا") == "p-musayfira:z");
    CHECK(fuzzy("المصيفرة") == "p-musayfira:z");
    CHECK(fuzzy("مسيفرة") == "p-musayfira:z");
    CHECK(fuzzy("وبالمسيفيرة") == "p-musayfira:z");
    CHECK(fuzzy("الصنيمن") == "q-sanamayn:z");
    CHECK(fuzzy("كفر شنمس") == "p-kafr-shams:z");
    CHECK(fuzzy("Musayfera") == "p-musayfira:z");
    CHECK(fuzzy("al-Zahraa") == "q-zahra:z");
    CHECK(fuzzy("الزهرة") == "q-zahra:z");
}

TEST_CASE("fuzzy: abstains where another word is as likely") {
    CHECK(fuzzy("حسمين").empty()); // not لطمين, قسمين or حسين
    CHECK(fuzzy("درعه").empty());  // four letters
    CHECK(fuzzy("زمام").empty());
    CHECK(fuzzy("المصيفيرة").empty()); // two edits
    CHECK(fuzzy("كفر، شمس").empty());
    CHECK(fuzzy("").empty());
    text::TokenizedText const text{"درعا"};
    CHECK(sample().fuzzy(text, {5, 9}).empty());
}

TEST_CASE("lookup: what a person types, best first") {
    CHECK(ids(sample().lookup("درعا")) == "p-daraa:e SY12:e");
    CHECK(ids(sample().lookup("المسيفره")) == "p-musayfira:f");
    CHECK(ids(sample().lookup("مسيفرة")) == "p-musayfira:a");
    CHECK(ids(sample().lookup("كفرشمس")) == "p-kafr-shams:j");
    CHECK(ids(sample().lookup("المصيفرة")) == "p-musayfira:z");
    CHECK(ids(sample().lookup("kafr shams")) == "p-kafr-shams:f");
    CHECK(ids(sample().lookup("bab")) == "p-bab:a");
    CHECK(ids(sample().lookup("ولاشيء")).empty());
    CHECK(ids(sample().lookup("")).empty());
    CHECK(ids(sample().lookup("،")).empty());
    // A name that stands alone is never respelt.
    CHECK(ids(sample().named("مسيفرة")) == "p-musayfira:a");
    CHECK(ids(sample().named("المصيفرة")).empty());
}
