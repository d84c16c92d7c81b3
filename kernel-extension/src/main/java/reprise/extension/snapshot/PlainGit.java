package reprise.extension.snapshot;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * JGit without the user's and the machine's git settings: what is written must not depend on them,
 * and to find them JGit would start the git command.
 */
final class PlainGit extends SystemReader.Delegate {
  private static final long CLOCK_TICK_MILLIS = 10;

  private PlainGit(SystemReader base) {
    super(base);
  }

  static void use() {
    if (!(SystemReader.getInstance() instanceof PlainGit)) {
      SystemReader.setInstance(new PlainGit(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return empty(parent, fs);
  }

  @Override
  public StoredConfig getUserConfig() {
    return empty(null, FS.DETECTED);
  }

  @Override
  public StoredConfig getSystemConfig() {
    return empty(null, FS.DETECTED);
  }

  @Override
  public StoredConfig getJGitConfig() {
    return empty(null, FS.DETECTED);
  }

  @SuppressWarnings("NullAway") // JGit takes null for "no file" and "no parent"
  private static FileBasedConfig empty(@Nullable Config parent, FS fs) {
    return new FileBasedConfig(parent, null, fs) {
      @Override
      public void load() {
        // there is no file
      }

      @Override
      public void save() {
        // nothing is to be remembered between sessions
      }

      @Override
      public boolean isOutdated() {
        return false;
      }

      /** JGit would else spend seconds on measuring the file system's clock. */
      @Override
      public long getTimeUnit(
          String section,
          @Nullable String subsection,
          String name,
          long defaultValue,
          TimeUnit unit) {
        return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
            ? unit.convert(CLOCK_TICK_MILLIS, TimeUnit.MILLISECONDS)
            : super.getTimeUnit(section, subsection, name, defaultValue, unit);
      }
    };
  }
}
