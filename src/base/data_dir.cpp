#include "base/data_dir.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace kharita {

std::filesystem::path data_dir() {
    namespace fs = std::filesystem;
    std::vector<fs::path> places;
    if (char const* const named =
            std::getenv("KHARITA_DATA_DIR")) { // NOLINT(concurrency-mt-unsafe): never set here
        places.emplace_back(named);
    }
    std::error_code error;
    fs::path const program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        fs::path const folder = program.parent_path();
        places.push_back(folder / "../share/kharita");
        places.push_back(folder / "../../share/kharita"); // test programs, one folder deeper
    }
    places.emplace_back(KHARITA_INSTALL_DATADIR);
    std::string looked_at;
    for (fs::path const& place : places) {
        if (fs::is_directory(place / "gazetteer", error) && fs::is_directory(place / "schemas", error)) {
            return place.lexically_normal();
        }
        looked_at += "\n  " + place.lexically_normal().string();
    }
    fail<InputError>(
        "Kharita's data (gazetteer/ and schemas/) was not found; set KHARITA_DATA_DIR. Looked in:{}",
        looked_at);
}

} // namespace kharita
