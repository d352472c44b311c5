#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/lon_lat.hpp"

namespace kharita::gazetteer {

/// A place as its row states it; views what the row was read from.
struct PlaceRow {
    std::string_view id;
    std::string_view name_ar; ///< or empty
    std::string_view name_en; ///< or empty, but not both
    std::vector<std::string_view> aliases;
    std::string_view feature;
    std::string_view parent; ///< id of the smallest admin unit that holds it, or empty
    LonLat at;
    Metres uncertainty; ///< kept to the decimetre
    std::uint32_t population = 0;
    std::uint8_t prominence = 0; ///< 0 .. 5
    std::vector<std::string_view> refs;
    std::string_view file; ///< where it stands, for messages
    std::size_t line = 0;
};

/// Makes a compiled gazetteer of rows. What comes out depends on the rows alone, not on their order or on how
/// they are spread over files.
///
/// It keeps about 100 bytes a place and 60 a name beside the names themselves.
class IndexBuilder {
public:
    IndexBuilder();
    IndexBuilder(IndexBuilder const&) = delete;
    IndexBuilder& operator=(IndexBuilder const&) = delete;
    IndexBuilder(IndexBuilder&&) noexcept;
    IndexBuilder& operator=(IndexBuilder&&) noexcept;
    ~IndexBuilder();

    /// Throws InputError with file and line for a row that cannot be: no id or feature code, no name, a name
    /// that is no UTF-8 or has fewer than two letters to be found by, coordinates out of range.
    void add(PlaceRow const& row);

    /// The bytes of the file (index_format.hpp). `input_hash`, 64 digits, is recorded in it. Ends the
    /// builder. Throws InputError with file and line for a repeated id, an unknown parent, a chain of parents
    /// without end, and when there is more than the format has room for.
    std::string finish(std::string_view input_hash);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kharita::gazetteer
