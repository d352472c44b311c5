#include "base/data_dir.hpp"

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace kharita {

namespace {

/// Empty where it is not set.
std::filesystem::path path_in(char const* variable) {
    char const* const named = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): never set here
    return named == nullptr ? std::filesystem::path{} : std::filesystem::path{named};
}

/// Where the data may be, the best first.
std::vector<std::filesystem::path> places_of_data() {
    namespace fs = std::filesystem;
    std::vector<fs::path> places;
    if (fs::path named = path_in("KHARITA_DATA_DIR"); !named.empty()) {
        places.push_back(std::move(named));
    }
    std::error_code error;
    fs::path const program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        fs::path const folder = program.parent_path();
        places.push_back(folder / "../share/kharita");
        places.push_back(folder / "../../share/kharita"); // test programs, one folder deeper
    }
    places.emplace_back(KHARITA_INSTALL_DATADIR);
    return places;
}

bool holds_data(std::filesystem::path const& place) {
    std::error_code error;
    return is_directory(place / "gazetteer", error) && is_directory(place / "schemas", error);
}

} // namespace

std::filesystem::path data_dir() {
    std::string looked_at;
    for (std::filesystem::path const& place : places_of_data()) {
        if (holds_data(place)) {
            return place.lexically_normal();
        }
        looked_at += "\n  " + place.lexically_normal().string();
    }
    fail<InputError>(
        "Kharita's data (gazetteer/ and schemas/) was not found; set KHARITA_DATA_DIR. Looked in:{}",
        looked_at);
}

bool is_in_data_dir(std::filesystem::path const& path) {
    for (std::filesystem::path const& place : places_of_data()) {
        if (holds_data(place)) {
            auto const below = path.lexically_normal().lexically_relative(place.lexically_normal());
            return !below.empty() && *below.begin() != "..";
        }
    }
    return false;
}

std::filesystem::path user_data_dir() {
    if (!path_in("KHARITA_DATA_DIR").empty()) {
        return {};
    }
    // The specification: a path that is not absolute is to be ignored.
    if (std::filesystem::path const named = path_in("XDG_DATA_HOME"); named.is_absolute()) {
        return named / "kharita";
    }
    std::filesystem::path const home = path_in("HOME");
    return home.is_absolute() ? home / ".local" / "share" / "kharita" : std::filesystem::path{};
}

} // namespace kharita
