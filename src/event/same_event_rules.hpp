#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace kharita::event {

/// When two tellings are of one happening: schemas/same_event.tsv, whose comments say what each number means,
/// and schemas/common_words.tsv.
struct SameEventRules {
    /// Signs for and against, in the order of `weights`.
    enum class Sign : std::size_t {
        base,
        same_sub_event,
        vague_kind,
        same_place,
        same_region,
        same_name,
        one_in_other,
        other_place,
        other_settlement,
        one_day_apart,
        two_days_apart,
        more_days_apart,
        undated_one_day_apart,
        undated_two_days_apart,
        undated_more_days_apart,
        after_publication,
        same_initiator,
        other_initiator,
        same_target,
        other_target,
        same_killed,
        near_killed,
        other_killed,
        many_killed,
        same_injured,
        near_injured,
        other_injured,
        same_count,
        other_count,
        same_words,
        mostly_same_words,
        rare_words,
        published_same_day,
        published_days_apart,
        busy_place,
        one_of_many,
        opposite,
        not_compared,
    };
    static constexpr std::size_t sign_count = 38;

    std::array<double, sign_count> weights{};
    std::map<std::string, std::string, std::less<>> families; ///< of a sub-event type
    /// Pairs of sub-event types of one family of which one undoes what the other does; both ways round.
    std::set<std::pair<std::string, std::string>, std::less<>> opposites;
    std::set<std::string, std::less<>> givings_up; ///< sub-event types by which an initiator leaves a place
    std::set<std::string, std::less<>>
        vague; ///< sub-event types that two happenings share without being alike
    std::set<std::string, std::less<>> mutual; ///< sub-event types that two sides do to each other
    std::set<std::string, std::less<>> nobody; ///< actors who are nobody in particular
    /// An actor, and one by whose name reports may call him though he is no part of it.
    std::set<std::pair<std::string, std::string>, std::less<>> also_called;
    double days = 0;
    double undated_days = 0;
    double longest = 0;
    double busy_days = 0;
    double undated_share = 0;
    double km_low = 0;
    double km_high = 0;
    double number_step = 0;
    double number_ratio = 0;
    double words = 0;
    double words_least = 0;
    double rare_most = 0;
    std::unordered_set<std::uint64_t> common_words; ///< by words_round()

    /// `folder` holds both tables. Throws InputError with file and line where a name is not known, is there
    /// twice, or is missing.
    static SameEventRules load(std::filesystem::path const& folder);

    double weight(Sign sign) const noexcept { return weights[static_cast<std::size_t>(sign)]; }
    /// As in the table.
    static std::string_view name(Sign sign) noexcept;
    /// Days between two tellings that may be of one happening, at most.
    double widest_days() const noexcept { return days > undated_days ? days : undated_days; }
};

} // namespace kharita::event
