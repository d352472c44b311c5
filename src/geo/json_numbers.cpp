#include "geo/json_numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <system_error>

namespace kharita::geo {

namespace {

constexpr std::string_view word_characters =
    "+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

template <typename Whole>
bool is_beyond(std::string_view word) noexcept {
    Whole value{};
    return std::from_chars(word.data(), word.data() + word.size(), value).ec ==
           std::errc::result_out_of_range;
}

/// What stands for a word; the word itself where it can stay.
std::string readable(std::string_view word) {
    if (word == "NaN" || word == "Infinity" || word == "-Infinity") {
        return "null";
    }
    std::string text{word};
    std::string_view const digits = word.substr(word.front() == '-' ? 1 : 0);
    if (digits.empty() || digits.find_first_not_of("0123456789.eE+-") != std::string_view::npos) {
        return text;
    }
    if (std::isinf(std::strtod(text.c_str(), nullptr))) {
        return "null";
    }
    bool const is_whole = digits.find_first_of(".eE") == std::string_view::npos;
    bool const is_large =
        word.front() == '-' ? is_beyond<std::int64_t>(word) : is_beyond<std::uint64_t>(word);
    return is_whole && is_large ? text + ".0" : text;
}

/// Where a text ends that begins at the quotation mark `begin`: behind its other one.
std::size_t end_of_text(std::string_view json, std::size_t begin) noexcept {
    std::size_t at = begin + 1;
    while (at < json.size() && json[at] != '"') {
        at += json[at] == '\\' ? 2U : 1U;
    }
    return std::min(at + 1, json.size());
}

} // namespace

std::optional<std::string> with_readable_numbers(std::string_view json) {
    std::string mended;
    mended.reserve(json.size());
    bool any = false;
    for (std::size_t at = 0; at < json.size();) {
        std::size_t end = at + 1;
        if (json[at] == '"') {
            end = end_of_text(json, at);
        } else if (word_characters.find(json[at]) != std::string_view::npos) {
            end = std::min(json.find_first_not_of(word_characters, at), json.size());
            std::string_view const word = json.substr(at, end - at);
            std::string const put = readable(word);
            any = any || put != word;
            mended += put;
            at = end;
            continue;
        }
        mended += json.substr(at, end - at);
        at = end;
    }
    return any ? std::optional{mended} : std::nullopt;
}

} // namespace kharita::geo
