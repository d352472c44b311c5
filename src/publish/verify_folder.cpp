#include "publish/verify_folder.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "publish/file_names.hpp"
#include "publish/manifest.hpp"
#include "store/database.hpp"
#include "store/verify.hpp"
#include "tile/archive.hpp"
#include "tile/mvt_decoder.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;

namespace {

constexpr int widest_buffer = 2048;      ///< tile units; see tile::TilesetConfig::buffer
constexpr std::size_t named_at_most = 5; ///< of the same file

void check_database(fs::path const& file, std::vector<std::string>& problems) {
    store::Database database = store::Database::open(file, store::Access::read_only);
    for (store::Check const& check : store::verify(database)) {
        for (std::string const& problem : check.problems) {
            problems.push_back(fmt::format("{}: {}: {}", file.filename().string(), check.name, problem));
        }
    }
}

void check_archive(fs::path const& file, std::vector<std::string>& problems) {
    std::string const name = file.filename().string();
    std::size_t count = 0;
    auto const note = [&](tile::TileId tile, std::string_view problem) {
        if (++count <= named_at_most) {
            problems.push_back(
                fmt::format("{}: tile {}/{}/{}: {}", name, tile.zoom, tile.x, tile.y, problem));
        }
    };
    auto const archive = tile::open_archive(file);
    archive->for_each([&](tile::TileId tile, std::string_view bytes) {
        try {
            tile::DecodedTile const decoded =
                tile::decode_tile(tile::decompress(bytes, archive->compression()));
            for (std::string const& problem : tile::check_tile(decoded, widest_buffer)) {
                note(tile, problem);
            }
        } catch (tile::FormatError const& error) {
            note(tile, error.what());
        }
    });
    if (count > named_at_most) {
        problems.push_back(fmt::format("{}: and {} more", name, count - named_at_most));
    }
}

} // namespace

std::vector<std::string> check_content(fs::path const& folder) {
    std::vector<std::string> problems;
    try {
        check_database(folder / database_name, problems);
        check_archive(folder / pmtiles_name, problems);
        check_archive(folder / mbtiles_name, problems);
    } catch (Error const& error) { // missing, or damaged as a whole
        problems.emplace_back(error.what());
    }
    return problems;
}

std::vector<std::string> verify_folder(fs::path const& folder) {
    std::vector<std::string> problems = check_files(folder);
    for (std::string& problem : check_content(folder)) {
        problems.push_back(std::move(problem));
    }
    return problems;
}

} // namespace kharita::publish
