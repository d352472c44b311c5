#include <map>
#include <utility>

#include "event/same_event_rules.hpp"
#include "event/surroundings.hpp"
#include "event/telling_comparison.hpp"
#include "event/telling_words.hpp"
#include "publish/unite.hpp"
#include "store/database.hpp"
#include "store/same_events.hpp"

namespace kharita::publish {

namespace {

/// Tellings that are asked for, ready to be compared.
using Asked = std::map<std::string, event::PreparedTelling, std::less<>>;

void fill(store::Database& database, event::SameEventRules const& rules, event::ActorParents const& parents,
          Asked& asked) {
    event::Surroundings around{rules};
    {
        store::TellingRows rows{database};
        while (auto telling = rows.next()) {
            event::PreparedTelling const made = event::prepared(std::move(*telling), rules, parents);
            around.add(made);
            if (auto const wanted = asked.find(made.telling.event); wanted != asked.end()) {
                wanted->second = made;
            }
        }
    }
    for (auto& [id, prepared] : asked) {
        if (!prepared.telling.event.empty()) {
            around.look_up(prepared);
            store::read_words(database, prepared.telling);
            event::look_up_words(rules, prepared);
        }
    }
}

} // namespace

std::vector<ComparedEvents> compare_events(store::Database& database, std::filesystem::path const& data_dir,
                                           std::span<std::pair<std::string, std::string> const> pairs) {
    auto const rules = event::SameEventRules::load(data_dir / "schemas");
    event::ActorParents const parents = store::actor_parents(database);
    event::Comparison const comparison{rules, parents};
    Asked asked;
    for (auto const& [a, b] : pairs) {
        asked.try_emplace(a);
        asked.try_emplace(b);
    }
    fill(database, rules, parents, asked);
    std::vector<ComparedEvents> all;
    all.reserve(pairs.size());
    for (auto const& [a, b] : pairs) {
        event::PreparedTelling const& first = asked.at(a);
        event::PreparedTelling const& second = asked.at(b);
        ComparedEvents one{.a = a, .b = b, .problem = {}, .likeness = 0, .why = {}, .signs = {}};
        if (first.telling.event.empty() || second.telling.event.empty()) {
            one.problem = "no report tells of " + (first.telling.event.empty() ? a : b) +
                          " as of an event that occurred, dated and located";
        } else if (!comparison.is_near(first, second)) {
            one.problem = "of one report, of two families, or too far apart in space or time";
        } else {
            one.likeness = comparison.score(first, second);
            one.why = comparison.explain(first, second);
            for (event::WeighedSign const& sign : comparison.signs(first, second)) {
                one.signs.emplace_back(event::SameEventRules::name(sign.sign), sign.times);
            }
        }
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace kharita::publish
