#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kharita {

/// A part of the program, or a library of the system, that is loaded when it is first needed, because it (or
/// the libraries behind it) takes long to start (GDAL: 50 ms) or is needed by one command alone. It unloads
/// with the last copy of this value.
///
/// A part of the program is looked for as `kharita_NAME.so` in the folder that the environment variable
/// KHARITA_MODULE_DIR names, in `lib/kharita` beside the program's `bin`, and at the place of the
/// installation.
class LoadedModule {
public:
    /// Throws InputError naming all places looked at, or with the system's reason why it cannot be loaded (a
    /// library that is not installed).
    static LoadedModule load(std::string_view name);

    /// A library of the system by the name that programs linked with it ask for, "libproj.so.25" say. Throws
    /// InputError with the system's reason why it cannot be loaded.
    static LoadedModule library(std::string const& name);

    /// A function that the module exports by its C name. Valid while this or a copy lives.
    /// Throws InputError where it has none: the module is of another version.
    template <typename Function>
    Function function(char const* symbol) const {
        return reinterpret_cast<Function>(address(symbol));
    }

private:
    LoadedModule(std::string file, std::shared_ptr<void> handle);
    void* address(char const* symbol) const;

    std::string m_file;
    std::shared_ptr<void> m_handle;
};

} // namespace kharita
