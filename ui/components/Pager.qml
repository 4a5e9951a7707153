pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// Turns the pages of a list that does not fit on one screen.
RowLayout {
    id: root

    required property int pages
    property int page: 0
    spacing: Theme.gap
    visible: pages > 1

    KioskButton {
        objectName: "previousPage"
        kind: KioskButton.Secondary
        enabled: root.page > 0
        opacity: enabled ? 1 : 0.35
        fontSize: 36
        icon: Icons.backward
        text: qsTr("Previous")
        Layout.preferredHeight: 104
        onTapped: root.page -= 1
    }
    Label {
        Layout.fillWidth: true
        Layout.minimumWidth: implicitWidth
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.NoWrap
        text: (root.page + 1) + " / " + root.pages
        font.pixelSize: 34
    }
    KioskButton {
        objectName: "nextPage"
        kind: KioskButton.Secondary
        enabled: root.page < root.pages - 1
        opacity: enabled ? 1 : 0.35
        fontSize: 36
        icon: Icons.forward
        iconAfter: true
        text: qsTr("Next")
        Layout.preferredHeight: 104
        onTapped: root.page += 1
    }
}
