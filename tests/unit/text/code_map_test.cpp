#include "text/code_map.hpp"

#include <string>

#include <doctest/doctest.h>

using kharita::text::CodeMap;

TEST_CASE("CodeMap: keys of all lengths, told apart by any letter") {
    CodeMap<int> map;
    CHECK(map.find("") == nullptr);
    int value = 0;
    for (std::size_t length = 0; length <= 40; ++length) {
        map[std::string(length, 'a')] = ++value;
        for (std::size_t at = 0; at < length; ++at) {
            std::string key(length, 'a');
            key[at] = 'b';
            map[key] = ++value;
        }
    }
    int expected = 0;
    for (std::size_t length = 0; length <= 40; ++length) {
        REQUIRE(map.find(std::string(length, 'a')) != nullptr);
        CHECK(*map.find(std::string(length, 'a')) == ++expected);
        for (std::size_t at = 0; at < length; ++at) {
            std::string key(length, 'a');
            key[at] = 'b';
            REQUIRE(map.contains(key));
            CHECK(*map.find(key) == ++expected);
        }
    }
    CHECK(map.find(std::string(41, 'a')) == nullptr);
    CHECK_FALSE(map.contains("c"));
}

TEST_CASE("CodeMap: a key keeps its value when it is asked for again") {
    CodeMap<std::string> map;
    map["kafr"] = "village";
    for (int i = 0; i < 1000; ++i) {
        map[std::to_string(i)] = std::to_string(i);
    }
    CHECK(map["kafr"] == "village");
    CHECK(*map.find("999") == "999");
}
