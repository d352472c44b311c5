#pragma once

#include <filesystem>

namespace kharita {

/// Puts a finished folder in its place, in one step of the file system: whoever reads `place` finds the old
/// content or the new, never neither, whatever ends the process. If something was there, it is at `made`
/// afterwards. Both are in one file system; the folder that holds `place` is synced.
///
/// Where the file system cannot exchange two folders (some network ones), the old one is moved aside for a
/// moment, and back if the new one cannot follow. Throws OutputError; the old content then stands.
void put_in_place(std::filesystem::path const& made, std::filesystem::path const& place);

} // namespace kharita
