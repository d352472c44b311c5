#include "gazetteer/gazetteer.hpp"

#include <utility>

#include "gazetteer/state.hpp"

namespace kharita::gazetteer {

Gazetteer::Gazetteer(std::unique_ptr<State> state) : m_state{std::move(state)} {}
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

std::span<Place const> Gazetteer::places() const noexcept {
    return m_state->places;
}

FeatureClass Gazetteer::feature_class_of(PlaceIndex index) const noexcept {
    return m_state->classes[index];
}

std::optional<PlaceIndex> Gazetteer::find(std::string_view id_or_ref) const {
    auto const found = m_state->by_id.find(id_or_ref);
    return found == m_state->by_id.end() ? std::nullopt : std::optional{found->second};
}

PlaceIndex Gazetteer::parent(PlaceIndex index) const noexcept {
    return m_state->parents[index];
}

bool Gazetteer::is_within(PlaceIndex inner, PlaceIndex outer) const noexcept {
    for (PlaceIndex at = inner; at != no_place; at = m_state->parents[at]) {
        if (at == outer) {
            return true;
        }
    }
    return false;
}

std::span<std::string const> Gazetteer::names(PlaceIndex index) const noexcept {
    return m_state->names[index];
}

std::string const& Gazetteer::content_hash() const noexcept {
    return m_state->content_hash;
}

} // namespace kharita::gazetteer
