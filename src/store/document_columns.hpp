#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace kharita::store {

// The columns that documents fill, in the order in which their values are given; see schemas/db for what they
// hold.

inline constexpr std::array<std::string_view, 19> mention_columns{
    "document",      "mention_id",    "start",      "end",          "surface",  "role",       "place",
    "uncertainty_m", "geo_precision", "where_prec", "scope",        "relation", "relation_m", "relation_deg",
    "relation_of",   "confidence",    "why",        "alternatives", "geom"};

inline constexpr std::array<std::string_view, 2> bare_group_columns{"document", "group_id"};

inline constexpr std::array<std::string_view, 16> group_columns{
    "document",          "group_id",           "killed_low",        "killed",
    "killed_high",       "killed_civilians",   "killed_combatants", "killed_children",
    "killed_women",      "injured_low",        "injured",           "injured_high",
    "injured_civilians", "injured_combatants", "injured_children",  "injured_women"};

inline constexpr std::array<std::string_view, 41> event_columns{"event_id",
                                                                "document",
                                                                "event_group",
                                                                "mention",
                                                                "place",
                                                                "date",
                                                                "date_end",
                                                                "time_precision",
                                                                "date_why",
                                                                "event_type",
                                                                "sub_event_type",
                                                                "plover",
                                                                "plover_mode",
                                                                "modality",
                                                                "initiator",
                                                                "target",
                                                                "weapon",
                                                                "count_low",
                                                                "count",
                                                                "count_high",
                                                                "killed_low",
                                                                "killed",
                                                                "killed_high",
                                                                "killed_civilians",
                                                                "killed_combatants",
                                                                "killed_children",
                                                                "killed_women",
                                                                "injured_low",
                                                                "injured",
                                                                "injured_high",
                                                                "injured_civilians",
                                                                "injured_combatants",
                                                                "injured_children",
                                                                "injured_women",
                                                                "control_change",
                                                                "uncertainty_m",
                                                                "geo_precision",
                                                                "claimed_by",
                                                                "confidence",
                                                                "why",
                                                                "geom"};

/// Those but for counts and the injured.
inline constexpr auto bare_event_columns = [] {
    std::array<std::string_view, 31> bare;
    std::copy_if(event_columns.begin(), event_columns.end(), bare.begin(), [](std::string_view column) {
        return !column.starts_with("count") && !column.starts_with("injured");
    });
    return bare;
}();

inline constexpr std::array<std::string_view, 5> actor_columns{"event", "side", "ordinal", "actor",
                                                               "confidence"};

inline constexpr std::array<std::string_view, 8> report_columns{
    "event", "document", "mention", "start", "end", "trigger", "quote_start", "quote_end"};

} // namespace kharita::store
