#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kharita::gazetteer {

/// What imports add to a place that was there before them.
struct Addition {
    std::string name_ar; ///< for a place that has none; else an alias
    std::string name_en; ///< likewise
    std::vector<std::string> aliases;
    std::int64_t population = 0; ///< for a place of which none is known
    std::vector<std::string> refs;
};

/// The folder of a gazetteer's imports: `imports` in it. Those of the program's own, which may be installed
/// where nobody may write, are the user's: `imports` in user_data_dir(). It need not exist.
std::filesystem::path imports_folder(std::filesystem::path const& gazetteer);

/// The compiled form of a gazetteer, which need not exist: `NAME.kgaz` beside the folder NAME, or where the
/// user has added imports to the program's own, `gazetteer.kgaz` beside those.
std::filesystem::path compiled_file(std::filesystem::path const& gazetteer);

/// The tables that imports of a gazetteer bring, in the form of places/*.tsv: imports/*/places.tsv, by name.
/// `gazetteer` is the folder that holds places/.
std::vector<std::filesystem::path> import_tables(std::filesystem::path const& gazetteer);

/// The outlines of admin units that imports bring, imports/*/outlines.geojson, by name.
std::vector<std::filesystem::path> import_outlines(std::filesystem::path const& gazetteer);

/// imports/*/additions.tsv of a gazetteer, by name: all that is said of one place together.
class Additions {
public:
    /// Throws InputError with file and line for a malformed row.
    static Additions load(std::filesystem::path const& gazetteer);

    /// By the id of the place; null where nothing is added. Valid while this lives.
    Addition const* find(std::string_view id) const;
    /// Everything that is added, by the ids of the places. Valid while this lives.
    std::vector<std::pair<std::string const*, Addition const*>> all() const;
    bool empty() const noexcept { return m_by_id.empty(); }
    /// The files that were read, for hashing.
    std::vector<std::filesystem::path> const& files() const noexcept { return m_files; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, Addition, Hash, std::equal_to<>> m_by_id;
    std::vector<std::filesystem::path> m_files;
};

/// A place's names and refs with what is added to it: `names` begins with the main names and holds none
/// twice. `name_ar` and `name_en` are filled where they are empty.
void apply(Addition const& addition, std::string& name_ar, std::string& name_en,
           std::vector<std::string>& aliases, std::int64_t& population, std::vector<std::string>& refs);

} // namespace kharita::gazetteer
