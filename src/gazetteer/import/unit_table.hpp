#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/import/existing_places.hpp"
#include "gazetteer/import/source_record.hpp"

namespace kharita::gazetteer {

using UnitIndex = std::uint32_t;
inline constexpr UnitIndex no_unit = 0xFFFF'FFFF;

/// Countries and admin units of all sources, under every code and name by which rows call them.
class UnitTable {
public:
    struct Unit {
        std::string id;
        std::string name;
        FeatureClass level = FeatureClass::country;
        UnitIndex parent = no_unit;
        LonLat at;
    };

    /// How a unit of a source corresponds to one that is there already.
    struct Match {
        UnitIndex unit = no_unit;
        UnitIndex other = no_unit; ///< the one that it was compared with
        std::string why;           ///< "id" or "name"; empty where there is no other
        Metres distance;
        bool conflict = false; ///< the other is further away than it should be
        bool is_new = false;   ///< it was not there, under this id or another
    };

    static bool is_unit(std::string_view feature) noexcept;

    /// Adds a unit that the gazetteer has. Parents must come before their units or may come later: they are
    /// looked up by link().
    void add(ExistingPlace const& place);
    /// Connects parents; call it when all existing units are added. Throws InputError for an unknown parent.
    void link();

    /// Adds a unit of a source; outer ones must come before inner ones. Where it is one that is there
    /// already, its names and codes become that one's too. One without a position that is not there is not
    /// added: `unit` is no_unit.
    Match add(SourceRecord const& record);

    /// Another name for a unit's code: "SY" for "SYR".
    void add_code(std::string_view code, std::string_view of);

    /// The smallest unit that a record's `units` and `country` name; no_unit where none is known.
    UnitIndex find(SourceRecord const& record) const;
    /// By an id or code.
    UnitIndex find(std::string_view code) const;

    Unit const& unit(UnitIndex index) const noexcept { return m_units[index]; }
    /// The unit of a level above (or at) a unit; no_unit where there is none.
    UnitIndex at_level(UnitIndex index, FeatureClass level) const noexcept;
    std::size_t size() const noexcept { return m_units.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };

    UnitIndex append(Unit unit);
    void add_name(UnitIndex unit, std::string_view name);
    UnitIndex find_name(UnitIndex parent, std::string_view name) const;
    UnitIndex find_same(SourceRecord const& record, FeatureClass level, UnitIndex parent) const;

    std::vector<Unit> m_units;
    std::vector<std::string> m_parents;            ///< ids, of the units that link() connects
    std::vector<std::vector<std::string>> m_names; ///< likewise
    std::unordered_map<std::string, UnitIndex, Hash, std::equal_to<>> m_codes;
    /// Units by parent and hash of name; no_unit as value where a name is that of several.
    std::unordered_map<std::uint64_t, UnitIndex> m_by_name;
};

} // namespace kharita::gazetteer
