#include "overlay/history.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::overlay {

namespace {

constexpr std::string_view initial_evidence = "initial";

/// What is known to have happened to a place on a day.
struct Change {
    Date date;
    bool is_initial = false;
    std::string gained_by; ///< party; empty where it is not known who holds it now
    std::string lost_by;
    double confidence = 0;
    std::string evidence;
};

bool is_transfer(PlacedEvent const& event) noexcept {
    return event.control_change == "gained" || event.control_change == "lost" ||
           event.sub_event_type == "Government regains territory" ||
           event.sub_event_type == "Non-state actor overtakes territory" ||
           event.sub_event_type == "Non-violent transfer of territory";
}

/// The party of an actor that the text leaves no doubt about.
std::string sole_party(std::vector<ActorRef> const& actors, Config const& config) {
    std::set<std::string> parties;
    for (ActorRef const& actor : actors) {
        if (!actor.id.empty()) {
            parties.insert(config.party_of(actor.id));
        }
    }
    parties.erase(std::string{});
    return parties.size() == 1 ? *parties.begin() : std::string{};
}

/// Why an event that looks like a transfer is none; empty when it is one.
std::string why_ignored(PlacedEvent const& event) {
    if (event.modality != Modality::occurred) {
        return "it did not come to pass";
    }
    if (!event.date) {
        return "undated";
    }
    if (event.place.empty()) {
        return "its place is none of the gazetteer's";
    }
    return {};
}

std::optional<Change> change_of(PlacedEvent const& event, Config const& config, std::string& why) {
    why = why_ignored(event);
    if (!why.empty()) {
        return std::nullopt;
    }
    std::string const initiator = sole_party(event.initiator, config);
    std::string const target = sole_party(event.target, config);
    Change change{*event.date, false, initiator, {}, event.confidence, event.id};
    if (event.control_change == "lost") {
        change.gained_by = target == initiator ? std::string{} : target;
        change.lost_by = initiator;
    } else if (target != initiator) {
        change.lost_by = target;
    }
    if (change.gained_by.empty() && change.lost_by.empty()) {
        why = "no single known actor gained or lost the place";
        return std::nullopt;
    }
    return change;
}

using Changes = std::map<std::string, std::vector<Change>, std::less<>>;

/// Turns one place's changes, in order of time, into periods.
class PlaceHistory {
public:
    explicit PlaceHistory(std::string place) : m_place{std::move(place)} {}

    /// All changes of one day together.
    void day(std::span<Change const> changes) {
        std::map<std::string, Change const*, std::less<>> gainers;
        for (Change const& change : changes) {
            if (change.is_initial) {
                begin(change, change.gained_by); // the events of that day come after it
            } else if (!change.gained_by.empty()) {
                gainers.try_emplace(change.gained_by, &change);
            } else if (m_current && m_current->actor == change.lost_by) {
                end(change.date);
            }
        }
        if (gainers.size() > 1) {
            begin(*gainers.begin()->second, std::string{contested});
        } else if (gainers.size() == 1 && !(m_current && m_current->actor == gainers.begin()->first)) {
            begin(*gainers.begin()->second, gainers.begin()->first);
        }
        note_evidence(changes);
    }

    std::vector<ControlPeriod> take() {
        if (m_current) {
            m_periods.push_back(std::move(*m_current));
        }
        return std::move(m_periods);
    }

private:
    void begin(Change const& change, std::string actor) {
        end(change.date);
        m_current = ControlPeriod{m_place, std::move(actor), change.date, {}, change.confidence, {}};
    }

    void end(Date date) {
        if (m_current && m_current->from < date) {
            m_current->until = date;
            m_periods.push_back(std::move(*m_current));
        }
        m_current.reset();
    }

    /// Every event that speaks for the holder, or for the dispute, is evidence for the period.
    void note_evidence(std::span<Change const> changes) {
        if (!m_current) {
            return;
        }
        for (Change const& change : changes) {
            if (change.gained_by == m_current->actor || m_current->actor == contested) {
                m_current->evidence.push_back(change.evidence);
                m_current->confidence = std::max(m_current->confidence, change.confidence);
            }
        }
    }

    std::string m_place;
    std::optional<ControlPeriod> m_current;
    std::vector<ControlPeriod> m_periods;
};

std::vector<ControlPeriod> periods_of(std::string const& place, std::vector<Change>& changes) {
    std::sort(changes.begin(), changes.end(), [](Change const& a, Change const& b) {
        return std::tuple{a.date, !a.is_initial, std::string_view{a.evidence}} <
               std::tuple{b.date, !b.is_initial, std::string_view{b.evidence}};
    });
    PlaceHistory history{place};
    for (std::size_t first = 0; first < changes.size();) {
        std::size_t last = first;
        while (last < changes.size() && changes[last].date == changes[first].date) {
            ++last;
        }
        history.day(std::span{changes}.subspan(first, last - first));
        first = last;
    }
    return history.take();
}

} // namespace

std::vector<InitialControl> read_initial_control(std::filesystem::path const& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() == ".tsv") {
            files.push_back(entry.path());
        }
    }
    if (error) {
        fail<InputError>("{}: {}", folder.string(), error.message());
    }
    std::sort(files.begin(), files.end());
    std::vector<InitialControl> all;
    std::map<std::pair<std::string, Date>, std::string> seen;
    for (auto const& file : files) {
        Tsv const table{file, {"place", "actor", "from", "confidence", "note"}};
        for (std::size_t row = 0; row < table.size(); ++row) {
            auto const from = parse_date(table.cell(row, 2));
            if (!from) {
                fail<InputError>("{}: \"from\" is {}; expected YYYY-MM-DD", table.where(row),
                                 table.cell(row, 2));
            }
            InitialControl line{std::string{table.cell(row, 0)}, std::string{table.cell(row, 1)}, *from,
                                table.number(row, 3), table.where(row)};
            if (line.place.empty() || line.actor.empty()) {
                fail<InputError>("{}: a place or actor is missing", line.where);
            }
            bool const sound = line.confidence >= 0 && line.confidence <= 1; // NaN is not
            if (!sound) {
                fail<InputError>("{}: confidence is {}; expected 0 to 1", line.where, line.confidence);
            }
            auto const [other, is_new] = seen.try_emplace({line.place, line.from}, line.where);
            if (!is_new) {
                fail<InputError>("{}: {} has a line for {} already, {}", line.where, line.place,
                                 to_string(line.from), other->second);
            }
            all.push_back(std::move(line));
        }
    }
    return all;
}

PlacedEvent placed_event(Event const& event, Mention const* mention) {
    PlacedEvent placed;
    placed.id = event.id;
    placed.date = event.date_end ? event.date_end : event.date;
    placed.event_type = event.event_type;
    placed.sub_event_type = event.sub_event_type;
    placed.modality = event.modality;
    placed.initiator = event.initiator;
    placed.target = event.target;
    placed.control_change = event.control_change;
    placed.confidence = event.confidence;
    if (mention != nullptr) {
        placed.at = mention->at;
        placed.uncertainty = mention->uncertainty.value_or(Metres{0});
        if (mention->place && !mention->relation) { // "south of X" is not X
            placed.place = mention->place->id;
        }
    }
    return placed;
}

std::vector<PlacedEvent> placed_events(Document const& document) {
    std::vector<PlacedEvent> all;
    all.reserve(document.events.size());
    for (Event const& event : document.events) {
        auto const mention = std::find_if(document.mentions.begin(), document.mentions.end(),
                                          [&](Mention const& each) { return each.id == event.mention; });
        all.push_back(placed_event(event, mention == document.mentions.end() ? nullptr : &*mention));
    }
    return all;
}

ControlHistory::ControlHistory(std::span<InitialControl const> initial, std::span<PlacedEvent const> events,
                               Config const& config) {
    Changes changes;
    for (InitialControl const& line : initial) {
        changes[line.place].push_back(Change{line.from,
                                             true,
                                             config.party_of(line.actor),
                                             {},
                                             line.confidence,
                                             std::string{initial_evidence}});
    }
    for (PlacedEvent const& event : events) {
        if (!is_transfer(event)) {
            continue;
        }
        std::string why;
        if (auto change = change_of(event, config, why)) {
            changes[event.place].push_back(std::move(*change));
        } else {
            m_ignored.push_back({event.id, std::move(why)});
        }
    }
    for (auto& [place, of_place] : changes) {
        for (ControlPeriod& period : periods_of(place, of_place)) {
            m_periods.push_back(std::move(period));
        }
    }
}

std::vector<ControlPeriod const*> ControlHistory::on(Date date) const {
    std::vector<ControlPeriod const*> in_force;
    for (ControlPeriod const& period : m_periods) {
        if (period.from <= date && (!period.until || date < *period.until)) {
            in_force.push_back(&period);
        }
    }
    return in_force;
}

std::string_view ControlHistory::last_undisputed(std::string_view place, Date date) const noexcept {
    std::string_view holder;
    for (ControlPeriod const& period : m_periods) {
        if (period.place == place && period.from <= date && period.actor != contested) {
            holder = period.actor;
        }
    }
    return holder;
}

} // namespace kharita::overlay
