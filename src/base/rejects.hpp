#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kharita {

/// A bad document, line or file in a good run: set aside with its reason, never dropped in silence.
struct Reject {
    std::string file;     ///< as named on the command line
    std::size_t line = 0; ///< counted from 1; 0 where the file as a whole is meant
    std::string reason;   ///< what was found and what was expected
    std::string text;     ///< the beginning of the bad record, at most 200 bytes, cut at a character

    friend bool operator==(Reject const&, Reject const&) = default;
};

/// All of a run, in input order.
using Rejects = std::vector<Reject>;

/// `file:line: reason`, or `file: reason`.
std::string to_string(Reject const& reject);

/// A Reject whose text is cut to its limit at a UTF-8 character boundary.
Reject make_reject(std::string file, std::size_t line, std::string reason, std::string_view text = {});

} // namespace kharita
