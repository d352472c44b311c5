#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/control.hpp"
#include "model/document.hpp"
#include "overlay/config.hpp"

namespace kharita::overlay {

/// One line of an initial state file: who held a place from a day on.
struct InitialControl {
    std::string place; ///< gazetteer id
    std::string actor; ///< actor id
    Date from;
    double confidence = 0; ///< 0 .. 1
    std::string where;     ///< `file:line`, for messages
};

/// Reads every *.tsv of a folder (gazetteer/control), in file name order: columns place, actor, from,
/// confidence, note. Throws InputError with file and line for a malformed row, or two rows of one place and
/// day.
std::vector<InitialControl> read_initial_control(std::filesystem::path const& folder);

/// What overlays need to know of an event: where and when it was, and what it did to control.
struct PlacedEvent {
    std::string id;
    std::string place; ///< gazetteer id; empty where the event's place is none of the gazetteer's
    std::optional<LonLat> at;
    Metres uncertainty;       ///< radius round `at` in which it happened
    std::optional<Date> date; ///< the last day of its span; empty where undated
    std::string event_type;
    std::string sub_event_type;
    Modality modality = Modality::occurred;
    std::vector<ActorRef> initiator;
    std::vector<ActorRef> target;
    std::string control_change; ///< "gained", "lost", or empty
    double confidence = 0;
};

/// An event with its place mention, or without one.
PlacedEvent placed_event(Event const& event, Mention const* mention);

/// The events of a document with the places of their mentions.
std::vector<PlacedEvent> placed_events(Document const& document);

/// An event that looked like a change of control and was not taken for one.
struct IgnoredChange {
    std::string event;
    std::string why;
};

/// Who held which place when: the initial state, then every event that changed hands. Immutable.
///
/// An event changes control when it occurred (failed, planned, threatened, denied and historical ones never
/// do), is dated, happened at a place of the gazetteer, and either says "gained" or "lost" or is one of
/// ACLED's three transfers of territory. A gain gives the place to the initiator's party; a loss takes it
/// from the initiator and gives it to the target's party, or to nobody where the text names none. Gains of
/// one place by several parties on one day leave it contested until the next change. An event earlier than
/// the first initial state of its place comes before it and changes nothing after it.
class ControlHistory {
public:
    ControlHistory(std::span<InitialControl const> initial, std::span<PlacedEvent const> events,
                   Config const& config);

    /// All periods, by place, then by day.
    std::span<ControlPeriod const> periods() const noexcept { return m_periods; }

    /// The periods in force on a day, by place: at most one a place.
    std::vector<ControlPeriod const*> on(Date date) const;

    /// The last party to hold a place undisputed on or before a day; empty where there is none.
    std::string_view last_undisputed(std::string_view place, Date date) const noexcept;

    std::span<IgnoredChange const> ignored() const noexcept { return m_ignored; }

private:
    std::vector<ControlPeriod> m_periods;
    std::vector<IgnoredChange> m_ignored;
};

/// The actor of a period whose place rivals claim.
inline constexpr std::string_view contested = "contested";

} // namespace kharita::overlay
