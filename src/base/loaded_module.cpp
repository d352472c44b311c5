#include "base/loaded_module.hpp"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace kharita {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> module_folders() {
    std::vector<fs::path> folders;
    if (char const* const named =
            std::getenv("KHARITA_MODULE_DIR")) { // NOLINT(concurrency-mt-unsafe): never set here
        folders.emplace_back(named);
    }
    std::error_code error;
    fs::path const program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        folders.push_back(program.parent_path() / ".." / KHARITA_MODULE_SUBDIR);
        folders.push_back(program.parent_path() / "../.." / KHARITA_MODULE_SUBDIR);
    }
    folders.emplace_back(KHARITA_INSTALL_MODULEDIR);
    return folders;
}

void close_module(void* handle) noexcept {
    ::dlclose(handle);
}

std::shared_ptr<void> opened(std::string const& file, int flags) {
    // NODELETE: libraries such as GDAL leave threads' data behind that must not lose its code.
    void* const handle = ::dlopen(file.c_str(), flags | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
        char const* const reason = ::dlerror(); // NOLINT(concurrency-mt-unsafe): of this thread in glibc
        fail<InputError>("{}: cannot be loaded: {}", file, reason == nullptr ? "no reason given" : reason);
    }
    return {handle, close_module};
}

} // namespace

LoadedModule::LoadedModule(std::string file, std::shared_ptr<void> handle)
    : m_file{std::move(file)},
      m_handle{std::move(handle)} {}

LoadedModule LoadedModule::load(std::string_view name) {
    std::string looked_at;
    std::error_code error;
    for (fs::path const& folder : module_folders()) {
        fs::path const file = (folder / fmt::format("kharita_{}.so", name)).lexically_normal();
        looked_at += "\n  " + file.string();
        if (!fs::exists(file, error)) {
            continue;
        }
        return LoadedModule{file.string(), opened(file.string(), RTLD_NOW)};
    }
    fail<InputError>("the module kharita_{}.so, which this command needs, was not found; install it or set "
                     "KHARITA_MODULE_DIR. Looked for:{}",
                     name, looked_at);
}

LoadedModule LoadedModule::library(std::string const& name) {
    return LoadedModule{name, opened(name, RTLD_LAZY)};
}

void* LoadedModule::address(char const* symbol) const {
    void* const found = ::dlsym(m_handle.get(), symbol);
    if (found == nullptr) {
        fail<InputError>("{}: has no function {}; it is of another version than the program", m_file, symbol);
    }
    return found;
}

} // namespace kharita
