#include "gazetteer/gazetteer.hpp"

#include <utility>

#include "base/error.hpp"
#include "gazetteer/state.hpp"
#include "gazetteer/tables.hpp"

namespace kharita::gazetteer {

namespace fs = std::filesystem;

namespace {

/// The file beside a folder, if it can be used and was compiled from these tables.
std::optional<IndexImage> compiled_from(fs::path const& places, fs::path const& folder) {
    fs::path const file = compiled_file(folder);
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
        return std::nullopt;
    }
    try {
        IndexImage image = IndexImage::map(file);
        if (image.input_hash() == hash_tables(places)) {
            return image;
        }
    } catch (InputError const&) { // of another version, or no tables to compare with: load() says so
    }
    return std::nullopt;
}

} // namespace

Gazetteer::Gazetteer(std::unique_ptr<State const> state) : m_state{std::move(state)} {}
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

Gazetteer Gazetteer::open(fs::path const& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        return map(path);
    }
    fs::path const places = fs::is_directory(path / "places", error) ? path / "places" : path;
    if (auto compiled = compiled_from(places, path)) {
        return Gazetteer{std::make_unique<State const>(*std::move(compiled))};
    }
    return load(places);
}

Gazetteer Gazetteer::load(fs::path const& folder) {
    return read(compile_tables(folder), folder.string());
}

Gazetteer Gazetteer::map(fs::path const& file) {
    return Gazetteer{std::make_unique<State const>(IndexImage::map(file))};
}

Gazetteer Gazetteer::read(std::string bytes, std::string name) {
    return Gazetteer{std::make_unique<State const>(IndexImage::own(std::move(bytes), std::move(name)))};
}

std::size_t Gazetteer::size() const noexcept {
    return m_state->places.size();
}

std::size_t Gazetteer::name_count() const noexcept {
    return m_state->names.size();
}

Place const& Gazetteer::place(PlaceIndex index) const {
    return m_state->places.place(index);
}

FeatureClass Gazetteer::feature_class_of(PlaceIndex index) const {
    return m_state->places.feature_class_of(index);
}

std::optional<PlaceIndex> Gazetteer::find(std::string_view id_or_ref) const {
    return m_state->places.find(id_or_ref);
}

PlaceIndex Gazetteer::parent(PlaceIndex index) const {
    return m_state->places.parent(index);
}

bool Gazetteer::is_within(PlaceIndex inner, PlaceIndex outer) const {
    return m_state->places.is_within(inner, outer);
}

std::vector<std::string> Gazetteer::names(PlaceIndex index) const {
    return m_state->places.names(index);
}

std::string const& Gazetteer::content_hash() const noexcept {
    return m_state->image.content_hash();
}

IndexImage const& Gazetteer::image() const noexcept {
    return m_state->image;
}

} // namespace kharita::gazetteer
