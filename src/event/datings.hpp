#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "event/scene.hpp"

// What find_event_dates() knows of each date of a text; included by event/'s source files alone.

namespace kharita::event {

/// Farther back than this a happening is background, not news.
inline constexpr std::chrono::days news_age{31};

/// A date of the text and what it is said of.
struct Dating {
    text::DateMention const* mention = nullptr;
    std::size_t clause = 0;
    std::size_t sentence = 0;
    bool of_saying = false; ///< the day a source spoke, not the day of what it spoke about
    bool is_quoted = false; ///< «اليوم» in somebody's own words: the day he spoke
};

/// What each of `dates`, the scene's, is said of; those that date no happening are left out (how long
/// something has lasted, how often it was, what is remembered, of what somebody is accused). Points into
/// `dates`.
std::vector<Dating> datings_of(Scene const& scene, std::vector<text::DateMention> const& dates);

/// «يوم 3 آذار، عندما سقطت …»: whether words behind a date say that what follows happened then; `limit` is
/// the token to look up to.
bool leads_to_event(Scene const& scene, text::DateMention const& date, std::size_t limit);

/// «بعد منتصف ليل أمس», «ليل الجمعة».
bool is_of_night(Scene const& scene, text::DateMention const& date);

/// Whether a day is that of one item of a list («- قتل … أمس»): it says nothing of the others.
bool is_of_item(Scene const& scene, Dating const& dating);

/// «وكانت القوات قد قصفت، الجمعة الماضي، X»: the day of what was before the news.
bool is_of_earlier(Scene const& scene, Dating const& dating);

} // namespace kharita::event
