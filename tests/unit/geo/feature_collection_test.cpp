#include "geo/feature_collection.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace kharita::geo {

namespace {

struct Taken {
    std::vector<std::string> features;
    std::string rest;
    bool is_collection = false;
    bool is_broken = false;

    friend bool operator==(Taken const&, Taken const&) = default;
};

/// What is taken of a text that comes in pieces of so many bytes.
Taken taken(std::string_view text, std::size_t piece) {
    Taken all;
    CollectionSplitter splitter{[&](std::string_view feature) { all.features.emplace_back(feature); }};
    for (std::size_t at = 0; at < text.size(); at += piece) {
        splitter.add(text.substr(at, piece));
    }
    all.rest = splitter.rest();
    all.is_collection = splitter.is_collection();
    all.is_broken = splitter.is_broken();
    return all;
}

} // namespace

TEST_CASE("CollectionSplitter: features, and what stands round them, in however many pieces") {
    std::string_view const text =
        R"({ "name" : "a\"],[\\", "features_of":{"features":[1]}, "type" : "FeatureCollection", )"
        R"("features" : [ {"a":"}]\"","b":[{}]} , {"features":[2]},)"
        "\n 17 ,null,\"x,]\" , [3]\r\n], \"more\":[{}]}\n";
    Taken const expected{
        {R"({"a":"}]\"","b":[{}]})", R"({"features":[2]})", "17", "null", R"("x,]")", "[3]"},
        R"({ "name" : "a\"],[\\", "features_of":{"features":[1]}, "type" : "FeatureCollection", )"
        R"("features" : [], "more":[{}]})"
        "\n",
        true,
        false};
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        CAPTURE(piece);
        CHECK(taken(text, piece) == expected);
    }
}

TEST_CASE("CollectionSplitter: all else is kept whole") {
    for (std::string_view const text : {
             R"({"features":[{}],"type":"FeatureCollection"})",
             R"({"type":"Feature","features":[{}]})",
             R"({"type":"Feature","type":"FeatureCollection","features":[{}]})",
             R"({"type":"FeatureCollection","features":null})",
             R"({"type":"FeatureCollection","x":{"features":[{}]}})",
             R"([{"type":"FeatureCollection","features":[{}]}])",
             R"({"x":"type","FeatureCollection":"features","y":[{}]})",
             "}]}17",
             "",
         }) {
        CAPTURE(text);
        CHECK(taken(text, 3) == Taken{{}, std::string{text}, false, false});
        CHECK_FALSE(begins_collection(text));
    }
}

TEST_CASE("CollectionSplitter: features without a comma between, or one too many") {
    std::string const begin = R"({"type":"FeatureCollection","features":[)";
    CHECK_FALSE(taken(begin + "]}", 1).is_broken);
    for (char const* const features :
         {",]}", "{},]}", "{},,{}]}", "{}{}]}", "1 2]}", "", "{}", "{},", "{", "\"]}"}) {
        CAPTURE(features);
        CHECK(taken(begin + features, 1).is_broken);
        CHECK(taken(begin + features, 100).is_broken);
        CHECK(begins_collection(begin + features));
    }
}

TEST_CASE("is_closed: brackets outside of texts") {
    CHECK(is_closed(""));
    CHECK(is_closed(R"({"a":[1,"]{\"",{}]})"));
    CHECK_FALSE(is_closed(R"({"a":[1])"));
    CHECK_FALSE(is_closed(R"({"a":"}])"));
    CHECK_FALSE(is_closed(R"({"a":"}\"})"));
}

} // namespace kharita::geo
