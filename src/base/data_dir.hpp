#pragma once

#include <filesystem>

namespace kharita {

/// The folder that holds `gazetteer/` and `schemas/`: the environment variable KHARITA_DATA_DIR, else
/// `../share/kharita` beside the running program, else the place of the installation.
/// Throws InputError naming all places looked at when none holds them.
std::filesystem::path data_dir();

/// Whether a path leads into that folder, as it is spelled; false where there is none.
bool is_in_data_dir(std::filesystem::path const& path);

/// The folder for what a user adds to the program's own data: `kharita` in XDG_DATA_HOME, else in
/// ~/.local/share (XDG Base Directory Specification 0.8). It need not exist. Empty where KHARITA_DATA_DIR
/// names the data, so that whatever is added belongs to them, and where neither XDG_DATA_HOME nor HOME is
/// set.
std::filesystem::path user_data_dir();

} // namespace kharita
