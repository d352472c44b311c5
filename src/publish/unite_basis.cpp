#include "publish/unite_basis.hpp"

#include <string_view>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "store/database.hpp"
#include "store/same_events.hpp"

namespace kharita::publish {

namespace {

event::SameEventOrders orders_of(std::span<Correction const> corrections) {
    event::SameEventOrders orders;
    for (Correction const& correction : corrections) {
        if (correction.kind == Correction::Kind::merge) {
            orders.merge.emplace_back(correction.target, correction.value);
        } else if (correction.kind == Correction::Kind::split) {
            orders.split.push_back(correction.target);
        }
    }
    return orders;
}

std::set<std::string> tolls_set_by(std::span<Correction const> corrections) {
    std::set<std::string> set;
    for (Correction const& correction : corrections) {
        bool const toll = correction.field.starts_with("killed") || correction.field.starts_with("injured");
        if (correction.kind == Correction::Kind::edit && toll) {
            set.insert(correction.target);
        }
    }
    return set;
}

std::string text_of(UniteBasis const& basis, std::filesystem::path const& schemas) {
    Sha256 hash;
    for (char const* const table : {"same_event.tsv", "common_words.tsv"}) {
        hash.field(read_file(schemas / table));
    }
    for (auto const& [actor, parent] : basis.parents) {
        hash.field(actor).field(parent);
    }
    hash.number(basis.orders.merge.size());
    for (auto const& [event, same] : basis.orders.merge) {
        hash.field(event).field(same);
    }
    hash.number(basis.orders.split.size());
    for (std::string const& event : basis.orders.split) {
        hash.field(event);
    }
    for (std::string const& event : basis.set_tolls) {
        hash.field(event);
    }
    constexpr std::size_t digits = 32;
    return hash.hex(digits);
}

} // namespace

UniteBasis UniteBasis::read(store::Database& database, std::filesystem::path const& data_dir,
                            std::span<Correction const> corrections) {
    std::filesystem::path const schemas = data_dir / "schemas";
    UniteBasis basis;
    basis.rules = event::SameEventRules::load(schemas);
    basis.parents = store::actor_parents(database);
    basis.orders = orders_of(corrections);
    basis.set_tolls = tolls_set_by(corrections);
    basis.text = text_of(basis, schemas);
    return basis;
}

KeptHappening::KeptHappening(std::vector<ToldHappening> const& happening) : told{happening} {
    tellings.reserve(happening.size());
    for (ToldHappening const& each : happening) {
        tellings.push_back(*each.telling);
    }
}

void KeptHappening::point() {
    for (std::size_t i = 0; i < told.size(); ++i) {
        told[i].telling = &tellings[i];
    }
}

} // namespace kharita::publish
