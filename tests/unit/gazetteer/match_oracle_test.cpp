// The matcher against a slow and obvious one, on random text made of names, pieces of names and noise.

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "gazetteer/compare_names.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/index_image.hpp"
#include "gazetteer/name_table.hpp"
#include "sample.hpp"

using namespace kharita;
using namespace kharita::gazetteer;

namespace {

struct Name {
    NameKey key;
    PlaceIndex place = no_place;
};

struct Sample {
    Gazetteer gazetteer;
    std::vector<Name> names; ///< the same names again, to walk through

    HeadWords heads() const { return NameTable{gazetteer.image()}.heads(); }
};

Sample const& sample() {
    static Sample const loaded = [] {
        TemporaryFolder const folder;
        folder.write("sample.tsv", std::string{header} + std::string{sample_rows});
        Gazetteer gazetteer = Gazetteer::load(folder.path());
        std::vector<Name> names;
        for (PlaceIndex place = 0; place < gazetteer.size(); ++place) {
            for (std::string const& name : gazetteer.names(place)) {
                names.push_back({name_key(name), place});
            }
        }
        return Sample{std::move(gazetteer), std::move(names)};
    }();
    return loaded;
}

/// (first token, proclitics) to the longest end and its places with how they matched.
using Found =
    std::map<std::pair<std::size_t, std::size_t>, std::pair<std::size_t, std::map<PlaceIndex, MatchKind>>>;

Found obvious(text::TokenizedText const& text) {
    using Role = WordLetters::Role;
    WordLetters const letters{text};
    Found found;
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        if (letters.role(begin) != Role::word && letters.role(begin) != Role::article) {
            continue;
        }
        for (std::size_t end = begin + 1; end <= text.size() && letters.role(end - 1) != Role::breaker;
             ++end) {
            if (letters.role(end - 1) != Role::word) {
                continue;
            }
            bool const word = letters.role(begin) == Role::word;
            for (auto const& clitics :
                 word ? text::clitic_readings(text.codes(begin)) : std::vector<text::CliticReading>(1)) {
                WrittenName const written{text, letters, {begin, end}, clitics};
                for (Name const& name : sample().names) {
                    if (name.key.letters != letters.letters(begin, end).substr(clitics.length)) {
                        continue;
                    }
                    auto const kind = compare(written, name.key, sample().heads());
                    bool const adjective =
                        kind == MatchKind::article && clitics.article && !name.key.arabic_article &&
                        sample().gazetteer.feature_class_of(name.place) == FeatureClass::country;
                    if (!kind || adjective) {
                        continue;
                    }
                    auto& longest = found[{begin, clitics.proclitics()}];
                    if (end > longest.first) {
                        longest = {end, {}};
                    }
                    if (end == longest.first) {
                        auto const [at, is_new] = longest.second.emplace(name.place, *kind);
                        at->second = is_new ? *kind : std::min(at->second, *kind);
                    }
                }
            }
        }
    }
    return found;
}

Found of_matcher(text::TokenizedText const& text) {
    Found found;
    for (NameMatch const& match : sample().gazetteer.match(text)) {
        auto& entry = found[{match.tokens.begin, match.clitics.proclitics()}];
        CHECK(entry.first == 0);
        entry.first = match.tokens.end;
        for (Candidate const& candidate : match.candidates) {
            CHECK(entry.second.emplace(candidate.place, candidate.kind).second);
        }
        CHECK(match.span.begin < match.span.end);
        CHECK(match.span.end <= text.source().size());
    }
    return found;
}

} // namespace

TEST_CASE("match: the same as a slow and obvious matcher") {
    std::vector<std::string> pieces{"و",   "ف", "ب", "ل",      "ك", "س",  "ال", "لل",  " ",   " ",
                                    " ",   " ", "-", "'",      "_", "،",  "\n", "al-", "el ", "ez ",
                                    "at ", "ً",  "ـ", "\u200F", "5", "في", "(",  ")",   "\xFF"};
    for (Name const& name : sample().names) {
        pieces.push_back(name.key.plain);
        for (std::size_t at = 0; at < name.key.spelled.size();) {
            std::size_t const end = std::min(name.key.spelled.find(' ', at), name.key.spelled.size());
            pieces.push_back(text::to_utf8(name.key.spelled.substr(at, end - at)));
            at = end + 1;
        }
    }
    std::mt19937 random{20190801};
    std::size_t matches = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string source;
        for (std::size_t i = random() % 12; i > 0; --i) {
            source += pieces[random() % pieces.size()];
            source += random() % 2 == 0 ? " " : "";
        }
        CAPTURE(source);
        text::TokenizedText const text{source};
        Found const expected = obvious(text);
        CHECK(of_matcher(text) == expected);
        matches += expected.size();
    }
    CHECK(matches > 5'000);
}

TEST_CASE("load: a damaged table is refused or read, never more") {
    std::string const whole = std::string{header} + std::string{sample_rows};
    std::mt19937 random{11};
    TemporaryFolder const folder;
    for (int round = 0; round < 400; ++round) {
        std::string damaged = whole;
        for (std::size_t i = random() % 4 + 1; i > 0; --i) {
            damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
        }
        if (random() % 3 == 0) {
            damaged.resize(random() % damaged.size());
        }
        folder.write("a.tsv", damaged);
        try {
            std::size_t const places = Gazetteer::load(folder.path()).size();
            CHECK(places <= 60);
        } catch (InputError const& error) {
            CHECK(std::string_view{error.what()}.find("a.tsv") != std::string_view::npos);
        }
    }
}
