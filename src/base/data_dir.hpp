#pragma once

#include <filesystem>

namespace kharita {

/// The folder that holds `gazetteer/` and `schemas/`: the environment variable KHARITA_DATA_DIR, else
/// `../share/kharita` beside the running program, else the place of the installation.
/// Throws InputError naming all places looked at when none holds them.
std::filesystem::path data_dir();

} // namespace kharita
